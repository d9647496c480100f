import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles the gateway and its worker as they ship, into a folder. Returns the entry. */
export async function shippedGateway(directory: string): Promise<string> {
  await build({
    entryPoints: [
      'src/gateway/main.ts',
      'src/gateway/store/storeWorker.ts',
      'src/gateway/workers/gatewayWorker.ts',
    ].map((file) => path.join(import.meta.dirname, '../..', file)),
    entryNames: '[name]',
    outdir: directory,
    bundle: true,
    // What is loaded later stays apart, as it ships.
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node22.15',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);" },
    logLevel: 'warning',
  });
  await copyFile(
    path.join(import.meta.dirname, '../../src/gateway/ai/models.json'),
    path.join(directory, 'models.json'),
  );
  await writeFile(path.join(directory, 'package.json'), '{ "type": "module" }');
  return path.join(directory, 'main.js');
}
