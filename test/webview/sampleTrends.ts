import { createQueries } from '../../src/gateway/store/queries.ts';
import { openDatabase } from '../../src/gateway/store/database.ts';
import { createStore, type Saving } from '../../src/gateway/store/store.ts';
import type { Exchange, Redacted } from '../../src/shared/exchange.ts';
import type { GatewayApi } from '../../src/shared/protocol.ts';
import { makeFolder } from '../unit/storeStage.ts';
import { CallLog, outOfCredit } from './callLog.ts';

/** Trends of a real store with some weeks' calls in it. */
export interface SampleTrends {
  readonly trends: GatewayApi['trends'];
  close(): void;
}

const kinds = [
  { api: 'openai', provider: 'openai', model: 'gpt-4o-mini', cost: 0.0021, line: 12, duration: 420 },
  {
    api: 'openrouter',
    provider: 'openrouter',
    model: 'anthropic/claude-sonnet-4.5',
    cost: 0.043,
    line: 48,
    duration: 2900,
  },
  { api: 'orders', provider: null, model: null, cost: null, line: 7, duration: 35 },
] as const;

/** Makes one, the newest call a minute ago. Always the same calls at the same distances. */
export function sampleTrends(now: number): SampleTrends {
  const folder = makeFolder();
  const database = openDatabase(folder.path, now, () => undefined);
  const log = new CallLog();
  const savings: Saving[] = [];
  for (let index = 0; index < 700; index++) {
    const kind = kinds[(index * 7 + (index % 5)) % 3] ?? kinds[0];
    const refused = index % 13 === 4;
    log.add({
      ...{ api: kind.api, provider: kind.provider, model: kind.model, simulated: false },
      startedAt: now - 60_000 - Math.round((index * index * 3_600_000) / 560),
      duration: kind.duration * (1 + (index % 9) / 6),
      status: refused ? (index % 2 === 0 ? 402 : 500) : 200,
      diagnosis: refused && index % 2 === 0 ? outOfCredit : null,
      costUsd: refused ? null : kind.cost,
      usage:
        kind.model === null || refused
          ? null
          : {
              ...{ model: kind.model, inputTokens: 900 + (index % 70) * 11, outputTokens: 150 + (index % 40) * 9 },
              ...{ cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
            },
      callSite: {
        file: '/home/ada/shop/src/assistant.ts',
        line: kind.line,
        column: 3,
        function: 'answer',
        certainty: 'exact',
      },
    });
  }
  for (const { exchange } of log.calls) savings.push({ number: null, exchange: exchange as Redacted<Exchange> });
  createStore(database).save(savings);
  const queries = createQueries(database);
  return {
    trends: (query) => new Promise((resolve) => resolve(queries.trends(query))),
    close: () => {
      database.close();
      folder.remove();
    },
  };
}
