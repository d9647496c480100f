import assert from 'node:assert/strict';
import { providerById, providerForHost, providers } from '../../src/providers/index.ts';
import { causes } from '../../src/shared/finding.ts';

describe('The providers', () => {
  it('have an id each that can name an API, and a host that no other has', () => {
    const ids = providers.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const id of ids) assert.match(id, /^[a-z0-9][a-z0-9-]*$/);
    const hosts = providers.flatMap((provider) => provider.hosts);
    assert.deepEqual([...hosts].sort(), [...new Set(hosts)].sort());
    for (const host of hosts) assert.match(host, /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);
  });

  it('name only https addresses, and patterns that compile and match no empty text', () => {
    for (const { id, upstream, pages, tokenUrl, keyPatterns } of providers) {
      const { support, ...others } = pages;
      const isAddress = support?.startsWith('mailto:') === true;
      if (isAddress) assert.match(support, /^mailto:[\w.-]+@[\w.-]+\.\w+$/);
      for (const url of [upstream, tokenUrl, isAddress ? null : support, ...Object.values(others)])
        assert.ok(url === null || (url.startsWith('https://') && URL.canParse(url)), `${id} ${String(url)}`);
      assert.ok(!upstream.endsWith('/'), id);
      for (const pattern of keyPatterns) assert.ok(!new RegExp(pattern).test(''), id);
    }
  });

  it('map their codes and statuses to causes', () => {
    const known = new Set<string>(causes);
    for (const { id, codes = {}, statuses = {}, alsoMeans = {} } of providers) {
      for (const cause of [...Object.values(codes), ...Object.values(statuses), ...Object.values(alsoMeans).flat()])
        assert.ok(known.has(cause), `${id} ${cause}`);
      for (const code of Object.keys(alsoMeans)) assert.ok(Object.hasOwn(codes, code), `${id} ${code}`);
    }
  });

  it('have cheaper models that are not replaced by themselves', () => {
    for (const { id, cheaperModels } of providers) {
      for (const { model, instead } of cheaperModels)
        for (const name of instead) assert.ok(!model.test(name), `${id} ${name}`);
    }
  });

  it('are found by host, with a port, in any case, and by domain', () => {
    assert.equal(providerForHost('OpenRouter.ai:443')?.id, 'openrouter');
    assert.equal(providerForHost('myresource.openai.azure.com')?.id, 'azure-openai');
    assert.equal(providerForHost('bedrock-runtime.eu-west-1.amazonaws.com')?.id, 'aws-bedrock');
    assert.equal(providerForHost('sqs.eu-west-1.amazonaws.com')?.id, 'aws');
    assert.equal(providerForHost('generativelanguage.googleapis.com')?.id, 'gemini');
    assert.equal(providerForHost('vision.googleapis.com')?.id, 'google-cloud');
    assert.equal(providerForHost('notopenrouter.ai'), null);
    assert.equal(providerForHost('127.0.0.1:8080'), null);
    assert.equal(providerForHost(''), null);
  });

  it('are found by id', () => {
    for (const provider of providers) assert.equal(providerById(provider.id), provider);
    assert.equal(providerById('nobody'), null);
  });

  it('tell where the SDKs of OpenAI, Anthropic and Google expect their base URLs', () => {
    const bases = (id: string): unknown => providerById(id)?.baseUrls;
    assert.deepEqual(bases('openai'), [{ variable: 'OPENAI_BASE_URL', path: '/v1' }]);
    assert.deepEqual(bases('anthropic'), [{ variable: 'ANTHROPIC_BASE_URL', path: '' }]);
    assert.deepEqual(bases('gemini'), [{ variable: 'GOOGLE_GEMINI_BASE_URL', path: '' }]);
  });
});
