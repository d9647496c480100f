import { cacheKey, cacheWish } from '../cache/cacheKey.ts';
import { cacheHeader, giveAgain, keptReply } from '../cache/keptReply.ts';
import type { ClientStage } from '../clientStage.ts';
import type { Reply } from '../engine.ts';
import { toHeaderList, valueIn } from '../headers.ts';
import { withHeaders } from '../lifecycle/outgoingHeaders.ts';
import type { RouteDesk } from './routeDesk.ts';
import type { RouteCall } from './runRoute.ts';
import type { RouteSession } from './session.ts';

/**
 * Answers an admitted call from the cache of its alias, which ends it: null then. Else the reply to answer by, which
 * keeps the answer where it may. What guardrails look at is neither answered from there nor kept.
 */
export function throughCache(
  call: RouteCall,
  session: RouteSession,
  stage: ClientStage,
  desk: Pick<RouteDesk, 'cache'>,
): Reply | null {
  const { route, inbound, path, body, isForm, operation } = call;
  const { cache: policy } = route;
  if (policy === null) return stage.reply;
  const cache = desk.cache();
  const wish = cacheWish(inbound.headers);
  const repeats = !isForm && operation !== 'images' && operation !== 'audio' && !session.guarded && !wish.noStore;
  const asked = { inbound: session.inbound, shown: inbound.headers, path, body, maySpend: session.maySpend };
  const key = repeats ? cacheKey(route, policy, asked) : null;
  if (key === null) {
    cache.count(route.name, 'bypass', null);
    stage.changed({ kind: 'cache', state: 'bypass', saved: null });
    return withHeaders(stage.reply, [cacheHeader, 'bypass']);
  }
  const found = wish.noCache ? null : cache.find(key, wish.maxAge);
  if (found !== null) {
    cache.count(route.name, 'hit', found);
    stage.changed({ kind: 'alias', alias: route.name, model: valueIn(found.headers, 'x-tollgate-model') ?? '' });
    stage.changed({ kind: 'cache', state: 'hit', saved: found.saves });
    const tap = session.tap;
    tap?.requestData(body);
    tap?.response(found.status, 'OK', toHeaderList(found.headers));
    tap?.responseData(found.body);
    session.finish('complete');
    giveAgain(stage.reply, found);
    return null;
  }
  cache.count(route.name, 'miss', null);
  stage.changed({ kind: 'cache', state: 'miss', saved: null });
  return keptReply(stage.reply, policy.maxEntryBytes, (answer) => {
    const at = Date.now();
    cache.keep({ key, route: route.name, at, until: at + policy.ttl, ...answer });
  });
}
