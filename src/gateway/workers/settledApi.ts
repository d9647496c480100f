import type { GatewayApi } from '../../shared/protocol.ts';

/** The same, whichever process has served what is asked about: before and after each call `settled` is waited for. */
export function settledApi(api: GatewayApi, settled: () => Promise<void> | undefined): GatewayApi {
  return new Proxy(api, {
    get: (target, name): unknown => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...parameters: readonly unknown[]): Promise<unknown> => {
        await settled();
        const answer: unknown = await Reflect.apply(method, target, parameters);
        await settled();
        return answer;
      };
    },
  });
}
