import { routeFailureCodes, type RouteFacts } from '../shared/finding.ts';
import { text } from '../shared/text.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

/** Tollgate's own refusal, because the published description of an API has no such call, or is retired. */
export const ownRoute: Rule = {
  name: 'ownRoute',
  look(view) {
    const said = view.header('x-tollgate-error');
    const code = routeFailureCodes.find((one) => one === said);
    if (code === undefined) return null;
    const detail = view.field('detail');
    const allow = view.header('allow')?.split(/\s*,\s*/);
    const route: RouteFacts = {
      code,
      ...words(view),
      ...(code === 'method_not_allowed' && allow !== undefined ? { allow } : {}),
    };
    return {
      cause: 'configuration_error',
      confidence: 1,
      party: 'caller',
      evidence: [
        { source: 'header', path: 'x-tollgate-error', quote: code },
        ...(detail === undefined
          ? []
          : [{ source: 'body', path: detail.pointer, quote: String(detail.value).slice(0, 200) } as const]),
      ],
      alternatives: [],
      retryHelps: false,
      facts: { route },
      summary: text('Tollgate did not send this call: {0}', String(detail?.value ?? code)),
    };
  },
};

function words(view: View): Partial<RouteFacts> {
  return Object.fromEntries(
    (['version', 'nearest', 'successor', 'link'] as const).flatMap((name) => {
      const value = view.field(name)?.value;
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}
