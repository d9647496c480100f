import assert from 'node:assert/strict';
import { createAccess, looksLikeProgramKey } from '../../src/gateway/access.ts';
import type { HeaderList } from '../../src/shared/exchange.ts';

const access = createAccess('a control token');
const key = access.programKey;
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('access', () => {
  it('derives the same program key from the same token, and another from another', () => {
    assert.equal(createAccess('a control token').programKey, key);
    assert.notEqual(createAccess('another token').programKey, key);
    assert.match(key, /^tg-[\w-]{32}$/);
    assert.ok(looksLikeProgramKey(key));
    assert.ok(!looksLikeProgramKey('sk-abcdefghijklmnopqrstuvwxyz0123456789'));
  });

  it('lets the token control, and nothing else', () => {
    const one = createAccess('token');
    assert.ok(one.allowsControl([['Authorization', 'Bearer token']]));
    assert.ok(one.allowsControl([['authorization', 'bearer  token']]));
    assert.ok(!one.allowsControl([['Authorization', `Bearer ${one.programKey}`]]));
    assert.ok(!one.allowsControl([['Authorization', 'token']]));
    assert.ok(!one.allowsControl([['x-api-key', 'token']]));
    assert.ok(!one.allowsControl([]));
  });

  it('never lets an empty token control or spend', () => {
    const open = createAccess('');
    assert.ok(!open.allowsControl([['Authorization', 'Bearer ']]));
    assert.equal(open.takeKey([['x-api-key', '']], '/a?key=').presented, false);
  });

  const places: readonly (readonly [string, string])[] = [
    ['Authorization', `Bearer ${key}`],
    ['AUTHORIZATION', `bearer ${key}`],
    ['Authorization', key],
    ['Authorization', basic(`${key}:`)],
    ['Authorization', basic(`user:${key}`)],
    ['x-api-key', key],
    ['Api-Key', key],
    ['X-Goog-Api-Key', ` ${key} `],
    ['xi-api-key', key],
    ['X-Tollgate-Key', key],
  ];
  for (const [name, value] of places)
    it(`takes the key out of ${name}: ${value.replace(key, 'KEY').slice(0, 20)}`, () => {
      const others: HeaderList = [
        ['Accept', '*/*'],
        ['X-Other', key],
        ['accept', 'text/plain'],
      ];
      const taken = access.takeKey([['Host', 'h'], [name, value], ...others], '/v1/models?a=1');
      assert.deepEqual(taken, { presented: true, headers: [['Host', 'h'], ...others], path: '/v1/models?a=1' });
    });

  it('takes the key out of the query and leaves every other byte', () => {
    for (const [path, left] of [
      [`/m?key=${key}`, '/m'],
      [`/m?a=%20b+c&key=${key}&&d`, '/m?a=%20b+c&&d'],
      [`/m?API_KEY=${key}&x=1`, '/m?x=1'],
      [`/m?x=1&access_token=${key.replace('-', '%2D')}`, '/m?x=1'],
    ] as const)
      assert.deepEqual(access.takeKey([], path), { presented: true, headers: [], path: left });
  });

  it('passes a caller’s own credential through untouched', () => {
    const headers: HeaderList = [
      ['Authorization', 'Bearer sk-mine'],
      ['x-api-key', 'mine'],
      ['authorization', basic('me:secret')],
      ['authorization', 'Basic %%%'],
    ];
    const path = '/m?key=AIza&api_key=%zz&q=1';
    assert.deepEqual(access.takeKey(headers, path), { presented: false, headers, path });
  });

  it('strips only what held the key where both a key and a credential are sent', () => {
    const taken = access.takeKey(
      [
        ['Authorization', 'Bearer sk-mine'],
        ['x-tollgate-key', key],
      ],
      '/',
    );
    assert.deepEqual(taken.headers, [['Authorization', 'Bearer sk-mine']]);
  });

  it('lets the token spend too', () => {
    assert.ok(createAccess('t0ken').takeKey([['authorization', 'Bearer t0ken']], '/').presented);
  });
});
