import type { Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { ModelRoute } from './modelRoute.ts';

/** The translation found that the request asks for what the target cannot do. */
export const notSent: Failure = {
  code: 'bad_request',
  message: plain(text('The request asks for what this model does not have.')),
  hint: plain(text('See the answer.')),
};

/** All targets are stopped. */
export function nothingLeft(name: string): Failure {
  return {
    code: 'api_stopped',
    message: plain(text('No target of "{0}" can be asked now.', name)),
    hint: plain(text('Start one of its APIs in the Tollgate view.')),
  };
}

/** The time for all tries is over. */
export function tooSlow({ name, total }: ModelRoute): Failure {
  return {
    code: 'upstream_timeout',
    message: plain(text('"{0}" did not answer within {1} s.', name, (total ?? 0) / 1000)),
    hint: plain(text('Raise "timeouts.total" of "{0}" in tollgate.jsonc if such calls may take longer.', name)),
  };
}
