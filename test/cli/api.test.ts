import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiLifecycle } from '../../src/shared/lifecycle.ts';
import { Stage } from './stage.ts';

describe('tollgate api', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    stage.write(
      'tollgate.jsonc',
      '{\n  // Orders of ours.\n  "apis": { "orders": { "upstream": "http://127.0.0.1:9" } }\n}\n',
    );
    stage.write('orders.yaml', readFileSync('test/fixtures/openapi/orders.yaml', 'utf8'));
  });
  afterEach(() => stage.close());

  it('imports, publishes and deprecates, and leaves the configuration’s comments alone', async () => {
    const imported = await stage.run(['api', 'import', 'orders', 'orders.yaml']);
    assert.equal(imported.stdout, `tollgate${path.sep}orders.openapi.yaml: 6 operations\n`);
    const configuration = readFileSync(path.join(stage.folder, 'tollgate.jsonc'), 'utf8');
    assert.match(configuration, /\/\/ Orders of ours\.\n[^]*"openapi": "tollgate\/orders\.openapi\.yaml"/);
    const published = await stage.run(['api', 'publish', 'orders', '1.1.0', '--json']);
    assert.equal((JSON.parse(published.stdout) as ApiLifecycle).current, '1.1.0');
    const { stdout } = await stage.run(['api', 'deprecate', 'orders', '1.1.0', '--sunset', '2027-01-31']);
    assert.match(
      stdout,
      /^orders: 1\.1\.0, draft unchanged, routes open\n {2}\* 1\.1\.0 +deprecated .* ends 2027-01-31\n$/,
    );
  });

  it('validates a file by line and column, and says so with its exit code', async () => {
    stage.write('broken.yaml', 'openapi: 3.1.0\ninfo:\n  title: A\n  version: 1.0\npaths:\n  orders:\n    gte: {}\n');
    const { code, stdout } = await stage.run(['api', 'validate', 'broken.yaml']);
    assert.equal(code, 3);
    assert.match(stdout, /broken\.yaml:4:12: error: "version" has to be text: put it in quotes\./);
    assert.match(stdout, /broken\.yaml:6:3: error: A path begins with "\/": "\/orders"\./);
    assert.match(stdout, /broken\.yaml:7:5: error: There is no "gte" in a path\. Did you mean "get"\?/);
  });
});
