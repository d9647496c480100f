import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  authorityFiles,
  authoritySubject,
  openAuthority,
  type Authority,
} from '../../src/gateway/intercept/authority.ts';
import { makeCertificate } from '../../src/gateway/intercept/certificate.ts';
import { readClientHello } from '../../src/gateway/intercept/clientHello.ts';
import { pem } from '../../src/gateway/intercept/der.ts';
import { hostList } from '../../src/gateway/intercept/hostList.ts';
import { createPins } from '../../src/gateway/intercept/pins.ts';
import { readGreeting, readRequest } from '../../src/gateway/intercept/socks.ts';
import { proxyEnvironment, shellCommands } from '../../src/shared/proxySettings.ts';

describe('The certificate authority', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-authority-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));

  const leaf = (host: string, { privateKey }: Authority): Buffer =>
    makeCertificate({
      subject: 'A leaf',
      subjectKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
      issuer: authoritySubject,
      signer: { privateKey, publicKey: createPublicKey(privateKey) },
      notBefore: new Date(Date.now() - 1000),
      notAfter: new Date('2051-02-03T04:05:06Z'),
      kind: { name: 'leaf', host },
    });

  it('can vouch for its hosts and no others, as openssl finds, too', async function () {
    const hosts = ['api.example.com', '.example.net', '127.0.0.1:8443', '[::1]'];
    const authority = await openAuthority(directory, hosts);
    const verdicts: Record<string, boolean> = {};
    for (const host of [
      'api.example.com',
      'eu.example.net',
      '127.0.0.1',
      '::1',
      'other.example.com',
      '10.0.0.1',
      '::2',
    ]) {
      const bytes = leaf(host, authority);
      const certificate = new X509Certificate(bytes);
      assert.ok(certificate.verify(createPublicKey(authority.privateKey)));
      assert.equal(certificate.validTo, 'Feb  3 04:05:06 2051 GMT');
      const file = path.join(directory, 'leaf.pem');
      await writeFile(file, pem('CERTIFICATE', bytes));
      const { status, error } = spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', authority.file, file]);
      if (error !== undefined) {
        console.log('      (no openssl)');
        this.skip();
        return;
      }
      verdicts[host] = status === 0;
    }
    assert.deepEqual(verdicts, {
      'api.example.com': true,
      'eu.example.net': true,
      '127.0.0.1': true,
      '::1': true,
      'other.example.com': false,
      '10.0.0.1': false,
      '::2': false,
    });
  });

  it('keeps its key when it is widened, and mends what others could have read', async () => {
    const first = await openAuthority(directory, ['a.example']);
    const { key, certificate } = authorityFiles(directory);
    assert.equal(
      (await openAuthority(directory, ['a.example'])).certificate.fingerprint,
      first.certificate.fingerprint,
    );
    await chmod(key, 0o644);
    const second = await openAuthority(directory, ['b.example']);
    assert.deepEqual(second.hosts, ['a.example', 'b.example']);
    assert.ok(second.privateKey.equals(first.privateKey));
    assert.equal((await stat(key)).mode & 0o777, 0o600);
    await writeFile(certificate, 'broken');
    await writeFile(key, 'broken');
    const third = await openAuthority(directory, ['a.example']);
    assert.ok(!third.privateKey.equals(first.privateKey));
    assert.match(await readFile(certificate, 'utf8'), /^-----BEGIN CERTIFICATE-----\n/);
  });

  it('has one key where several gateways make it at the same time', async () => {
    const all = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => openAuthority(path.join(directory, 'new'), [name])),
    );
    for (const { privateKey } of all) assert.ok(privateKey.equals(all[0]?.privateKey ?? privateKey));
  });
});

describe('What tells connections apart:', () => {
  it('hosts are listed by name, by domain, by port and by address', () => {
    const list = hostList(['api.Example.com', '*.wild.example', 'ported.example:8443', '127.0.0.1:9000', '[::1]:9000']);
    const cases: readonly [string, number, boolean][] = [
      ['API.example.com', 443, true],
      ['api.example.com.', 1, true],
      ['eu.api.example.com', 443, false],
      ['a.b.wild.example', 443, true],
      ['wild.example', 443, false],
      ['ported.example', 8443, true],
      ['ported.example', 443, false],
      ['127.0.0.1', 9000, true],
      ['127.0.0.1', 9001, false],
      ['::1', 9000, true],
    ];
    for (const [host, port, expected] of cases) assert.equal(list.has(host, port), expected, `${host}:${port}`);
    assert.equal(hostList(['*']).has('any.example', 1), true);
  });

  it('a hello is read however it is cut, and never past its end', () => {
    const name = Buffer.from('api.example.com');
    const block = (size: number, content: Buffer): Buffer => {
      const length = Buffer.alloc(size);
      length.writeUIntBE(content.length, 0, size);
      return Buffer.concat([length, content]);
    };
    const extension = (kind: number, content: Buffer): Buffer => Buffer.concat([Buffer.of(0, kind), block(2, content)]);
    const extensions = Buffer.concat([
      extension(0, block(2, Buffer.concat([Buffer.of(0), block(2, name)]))),
      extension(16, block(2, Buffer.concat([block(1, Buffer.from('h2')), block(1, Buffer.from('http/1.1'))]))),
    ]);
    const hello = Buffer.concat([
      ...[Buffer.of(3, 3), Buffer.alloc(32), block(1, Buffer.alloc(0)), block(2, Buffer.of(0x13, 1))],
      ...[block(1, Buffer.of(0)), block(2, extensions)],
    ]);
    const message = Buffer.concat([Buffer.of(1), block(3, hello)]);
    const record = (content: Buffer): Buffer => Buffer.concat([Buffer.of(22, 3, 1), block(2, content)]);
    for (let cut = 1; cut < message.length; cut++) {
      const bytes = Buffer.concat([record(message.subarray(0, cut)), record(message.subarray(cut))]);
      const found = readClientHello(bytes);
      assert.ok(found !== null && found !== 'more');
      assert.equal(found.serverName, 'api.example.com');
      assert.deepEqual(found.protocols, ['h2', 'http/1.1']);
      assert.equal(readClientHello(bytes.subarray(0, bytes.length - 1)), 'more');
    }
    const lying = record(
      Buffer.concat([Buffer.of(1), block(3, Buffer.concat([hello.subarray(0, 40), Buffer.alloc(4, 255)]))]),
    );
    assert.equal(readClientHello(lying), null);
    assert.equal(readClientHello(Buffer.from('GET / HTTP/1.1')), null);
  });

  it('SOCKS5 asks for names and both kinds of addresses', () => {
    const request = (...bytes: readonly number[]): ReturnType<typeof readRequest> => readRequest(Buffer.from(bytes));
    assert.deepEqual(request(5, 1, 0, 3, 3, 97, 46, 98, 1, 187), {
      kind: 'connect',
      to: { host: 'a.b', port: 443 },
      used: 10,
    });
    assert.deepEqual(request(5, 1, 0, 1, 10, 0, 0, 1, 0, 80), {
      kind: 'connect',
      to: { host: '10.0.0.1', port: 80 },
      used: 10,
    });
    const six = request(5, 1, 0, 4, ...Array.from({ length: 15 }, () => 0), 1, 0, 80);
    assert.deepEqual(six, { kind: 'connect', to: { host: '::1', port: 80 }, used: 22 });
    assert.equal(request(5, 1, 0, 3, 3, 97).kind, 'more');
    assert.deepEqual(request(5, 2, 0, 1, 10, 0, 0, 1, 0, 80), { kind: 'end', code: 7 });
    assert.deepEqual(request(5, 1, 0, 9, 0), { kind: 'end', code: 8 });
    assert.deepEqual(request(5, 1, 0, 3, 1, 10, 0, 80), { kind: 'end', code: 8 });
    assert.equal(readGreeting(Buffer.of(5, 1, 2)).kind, 'end');
    assert.equal(readGreeting(Buffer.of(5, 2, 2)).kind, 'more');
  });

  it('a client that refuses is left alone for a minute, then for two', () => {
    let now = 0;
    const pins = createPins(() => now);
    assert.equal(pins.refused('a', 'x'), true);
    assert.deepEqual([pins.has('a', 'x'), pins.has('a', 'y'), pins.has('b', 'x')], [true, false, false]);
    now = 61_000;
    assert.equal(pins.has('a', 'x'), false);
    assert.equal(pins.refused('a', 'x'), false);
    now += 119_000;
    assert.equal(pins.has('a', 'x'), true);
    pins.accepted('a', 'x');
    assert.equal(pins.has('a', 'x'), false);
  });
});

describe('The proxy settings', () => {
  const address = { url: 'http://127.0.0.1:1', ca: "/it's/ca.pem", bundle: '/b.pem' };

  it('keep what a person has set, and leave this machine alone unless it is read', () => {
    const own = { NO_PROXY: 'intra.example', NODE_EXTRA_CA_CERTS: '/corp.pem' };
    const variables = proxyEnvironment(address, own, ['api.example.com']);
    assert.equal(variables.NO_PROXY, 'intra.example,localhost,127.0.0.1,::1');
    assert.equal(variables.NODE_EXTRA_CA_CERTS, '/b.pem');
    assert.equal(proxyEnvironment(address, {}, ['localhost:3']).NO_PROXY, '');
    assert.equal('SSL_CERT_FILE' in proxyEnvironment({ ...address, ca: null }, {}, []), false);
  });

  it('are quoted as each shell reads them', () => {
    const variables = { A: "it's", B: null };
    assert.equal(shellCommands('bash', variables), "export A='it'\\''s'\nunset B\n");
    assert.equal(shellCommands('fish', variables), "set -gx A 'it\\'s'\nset -e B\n");
    assert.equal(
      shellCommands('powershell', variables),
      "$env:A = 'it''s'\nRemove-Item Env:B -ErrorAction SilentlyContinue\n",
    );
    assert.equal(shellCommands('cmd', { A: 'x', B: null }), 'set "A=x"\r\nset "B="\r\n');
    const { stdout, error } = spawnSync('bash', ['-c', `${shellCommands('bash', variables)}printf %s "$A"`], {
      encoding: 'utf8',
    });
    if (error === undefined) assert.equal(stdout, "it's");
  });
});
