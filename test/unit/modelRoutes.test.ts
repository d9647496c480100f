import assert from 'node:assert/strict';
import { createBalance } from '../../src/gateway/modelRoutes/balance.ts';
import { createBreakers } from '../../src/gateway/modelRoutes/breakers.ts';
import type { ModelRoute } from '../../src/gateway/modelRoutes/modelRoute.ts';
import { createPlan } from '../../src/gateway/modelRoutes/plan.ts';
import { entriesOf } from '../../src/gateway/modelRoutes/routeEntries.ts';
import { parseCatalogue } from '../../src/gateway/parseCatalogue.ts';
import { createCoolDowns } from '../../src/gateway/recourse/coolDowns.ts';
import { resolveApis } from '../../src/gateway/resolveApis.ts';

const apis = '"apis": { "openai": { "provider": "openai" }, "groq": { "provider": "groq" } }';

/** The only route of a catalogue, and what is wrong with that, by line. */
function routeOf(models: string): { readonly route: ModelRoute; readonly problems: readonly string[] } {
  const parsed = parseCatalogue(`{\n${apis},\n"models": ${models}\n}`);
  assert.ok(parsed.catalogue !== null, JSON.stringify(parsed.problems));
  const { routes, problems } = resolveApis(parsed.catalogue);
  const [route] = routes;
  assert.ok(route !== undefined);
  return {
    route,
    problems: problems.map(parsed.locate).map(({ start, message }) => `${String(start.line)}: ${message}`),
  };
}

describe('Aliases in tollgate.jsonc', () => {
  it('tell at their lines what they name that is not there', () => {
    const { route, problems } = routeOf(
      '{ "one": {\n"targets": [\n"opnai/gpt-5",\n{ "model": "groq/llama", "credentials": ["nobody", "groq"] }\n] } }',
    );
    assert.deepEqual(problems, [
      '4: There is no API "opnai" in tollgate.jsonc. Did you mean "openai"?',
      '5: There is no credential "nobody" under "credentials".',
    ]);
    assert.equal(route.steps.length, 1);
    assert.match(
      parseCatalogue(`{${apis}, "models": { "a": "gpt-5" } }`).problems[0]?.message ?? '',
      /provider\/model/,
    );
  });

  it('share calls by weight, and never many of one in a row', () => {
    const { route } = routeOf(
      '{ "one": { "targets": [[{ "model": "openai/a", "weight": 3 }, "groq/b"], "groq/last"] } }',
    );
    const balance = createBalance();
    const orders = Array.from({ length: 8 }, () => entriesOf(route, balance).map(({ model }) => model));
    assert.equal(orders.map(([first]) => first).join(''), 'aabaaaba');
    assert.ok(orders.every((order) => order.length === 3 && order[2] === 'last'));
  });

  it('leave out what failed again and again, and let one call see whether it works again', () => {
    let now = 0;
    const breakers = createBreakers(
      () => undefined,
      () => now,
    );
    const target = { api: 'openai', credential: null };
    const policy = { failures: 2, open: 1000 };
    breakers.failed(target, policy);
    assert.equal(breakers.closedUntil(target), null);
    breakers.failed(target, policy);
    assert.equal(breakers.closedUntil(target), 1000);
    now = 1001;
    assert.equal(breakers.closedUntil(target), null);
    assert.equal(breakers.closedUntil(target), 1000, 'only one goes to see');
    breakers.failed(target, policy);
    assert.equal(breakers.closedUntil(target), 2001);
    now = 2002;
    assert.equal(breakers.closedUntil(target), null);
    breakers.answered(target);
    assert.deepEqual([breakers.closedUntil(target), breakers.list()], [null, []]);
  });

  it('wait longer with each retry, with some chance in it, then go on', () => {
    const { route } = routeOf(
      '{ "one": { "targets": ["openai/a", "groq/b"], "retries": 3, "backOff": { "first": 1, "most": 3 } } }',
    );
    const desk = { coolDowns: createCoolDowns(() => undefined), breakers: createBreakers(() => undefined) };
    const open = { mayAsk: () => true, isRehearsed: () => false };
    const plan = createPlan(route, entriesOf(route, createBalance()), desk, open, () => 0.5);
    const steps: unknown[] = [];
    for (let step = plan.next(); step !== null; step = plan.next()) {
      steps.push([step.entry.model, step.wait]);
      if (step.entry.model === 'a') plan.down();
      else plan.lasting();
    }
    assert.deepEqual(steps, [
      ['a', 0],
      ['a', 750],
      ['a', 1500],
      ['a', 2250],
      ['b', 0],
    ]);
  });
});
