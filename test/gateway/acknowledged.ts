import assert from 'node:assert/strict';
import type { AccessBoard } from '../../src/shared/access.ts';

/** Sends a control call; fails where it is not acknowledged. */
export type Ask = (method: string, at: string, body?: object) => Promise<unknown>;

/**
 * What a gateway acknowledged, and what it was asked and did not answer before it died: of that, either state is right,
 * but nothing third.
 */
export class Acknowledged {
  readonly #allowed = new Map<string, ReadonlySet<string>>();
  changes = 0;

  get size(): number {
    return this.#allowed.size;
  }

  /** Has something changed whose name is known beforehand. */
  async change<Answer>(subject: string, next: string, work: () => Promise<unknown>): Promise<Answer> {
    const before = this.#allowed.get(subject) ?? new Set(['absent']);
    this.#allowed.set(subject, new Set([...before, next]));
    const answer = await work();
    this.note(subject, next);
    return answer as Answer;
  }

  /** Something was made whose name only the answer told. */
  note(subject: string, state: string): void {
    this.#allowed.set(subject, new Set([state]));
    this.changes++;
  }

  /** Holds what a gateway knows after its start against all of it. */
  check(board: AccessBoard, after: string): void {
    const found = statesOn(board);
    for (const [subject, allowed] of this.#allowed) {
      const state = found.get(subject) ?? 'absent';
      assert.ok(allowed.has(state), `${subject} is ${state} ${after}; it may be ${[...allowed].join(' or ')}`);
      this.#allowed.set(subject, new Set([state]));
    }
  }
}

function statesOn({ teams, applications, subscriptions, keys }: AccessBoard): ReadonlyMap<string, string> {
  return new Map([
    ...teams.map(({ name }) => [`team ${name}`, 'declared'] as const),
    ...applications.map(({ name }) => [`application ${name}`, 'declared'] as const),
    ...subscriptions.map(({ application, api, state }) => [`subscription ${application} ${api}`, state] as const),
    ...keys.map(({ id, state }) => [id, state] as const),
  ]);
}

/** Changes one of everything, from a team to a key that is revoked. `name` is used once. */
export async function changeAll(ask: Ask, known: Acknowledged, name: string, turn: number): Promise<void> {
  const subscription = `subscription ${name} asked`;
  await known.change(`team ${name}`, 'declared', () => ask('PUT', `teams/${name}`, {}));
  await known.change(`application ${name}`, 'declared', () => ask('PUT', `applications/${name}`, { team: name }));
  const { id } = await known.change<{ id: string }>(subscription, 'requested', () =>
    ask('POST', 'subscriptions', { application: name, api: 'asked' }),
  );
  const decide = (decision: string, state: string): Promise<unknown> =>
    known.change(subscription, state, () => ask('POST', `subscriptions/${id}/${decision}`, { opinion: 'So be it.' }));
  if (turn % 4 === 3) await decide('reject', 'rejected');
  else {
    await decide('approve', 'active');
    if (turn % 4 === 1) await decide('suspend', 'suspended');
    if (turn % 4 === 2) await decide('renew', 'active');
  }
  const first = await issue(ask, known, 'keys', { application: name, name: 'one' });
  const second = await issue(ask, known, `keys/${first}/rotate`, {});
  await known.change(second, 'revoked', () => ask('DELETE', `keys/${second}`));
  if (turn % 2 === 0) await decide(turn % 4 === 0 ? 'cancel' : 'suspend', turn % 4 === 0 ? 'cancelled' : 'suspended');
}

async function issue(ask: Ask, known: Acknowledged, at: string, body: object): Promise<string> {
  const { key } = (await ask('POST', at, body)) as { readonly key: { readonly id: string } };
  known.note(key.id, 'active');
  return key.id;
}
