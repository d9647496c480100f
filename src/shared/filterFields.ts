import { causes, parties } from './finding.ts';
import type { ContentField, NameField, NumberField, Possession, TextField } from './filterNode.ts';
import { text, type Text } from './text.ts';

/** One field of the filter language: how it is read, and what a view can say and suggest about it. */
export interface FilterField {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly help: Text;
  /** Values worth suggesting. */
  readonly values: readonly string[];
  readonly reads:
    | { readonly as: 'name'; readonly field: NameField }
    | { readonly as: 'text'; readonly field: TextField }
    | { readonly as: 'number'; readonly field: NumberField; readonly unit: 'none' | 'time' | 'bytes' }
    | { readonly as: 'content'; readonly field: ContentField }
    | { readonly as: 'line' }
    | { readonly as: 'since' }
    | { readonly as: 'until' }
    | { readonly as: 'has' };
}

/** What `has:` understands; several words for one thing where people use several. */
export const possessions: Readonly<Record<string, Possession>> = {
  finding: 'finding',
  diagnosis: 'finding',
  cause: 'finding',
  line: 'line',
  callsite: 'line',
  model: 'model',
  status: 'status',
  response: 'status',
  replay: 'replay',
  simulated: 'simulated',
  body: 'body',
  cost: 'cost',
};

const field = (
  name: string,
  aliases: readonly string[],
  help: Text,
  reads: FilterField['reads'],
  values: readonly string[] = [],
): FilterField => ({ name, aliases, help, reads, values });

/** Every field of the filter language, in the order in which they are worth suggesting. */
export const filterFields: readonly FilterField[] = [
  field(
    'status',
    ['code'],
    text('Status code: status:402, status>=400, status:4xx'),
    { as: 'number', field: 'status', unit: 'none' },
    ['402', '429', '4xx', '5xx'],
  ),
  field('api', [], text('API as named in tollgate.jsonc: api:openrouter'), { as: 'name', field: 'api' }),
  field(
    'cause',
    [],
    text('Why the call was refused: cause:insufficient_funds, cause:*quota*'),
    { as: 'name', field: 'cause' },
    causes,
  ),
  field('has', ['is'], text('What the call has: has:finding, has:line, has:model'), { as: 'has' }, [
    'finding',
    'line',
    'model',
    'status',
    'replay',
    'simulated',
    'body',
    'cost',
  ]),
  field('method', [], text('HTTP method: method:POST'), { as: 'name', field: 'method' }, [
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
  ]),
  field('host', [], text('Part of the upstream host: host:openai.com'), { as: 'text', field: 'host' }),
  field('path', [], text('Part of the path and query: path:/chat, path:/v1/*'), { as: 'text', field: 'path' }),
  field('model', [], text('Part of the model’s name: model:gpt'), { as: 'text', field: 'model' }),
  field('cost', ['price'], text('What it cost in US dollars: cost>0.01'), {
    as: 'number',
    field: 'cost',
    unit: 'none',
  }),
  field('tokens', [], text('Tokens in and out together: tokens>10000'), {
    as: 'number',
    field: 'tokens',
    unit: 'none',
  }),
  field('line', ['file'], text('Where the call was made: line:src/app.ts:12, file:app.ts'), { as: 'line' }),
  field('function', [], text('Part of the calling function’s name: function:chat'), { as: 'text', field: 'function' }),
  field('session', [], text('Terminal, task or debug session: session:task, session:"npm: test"'), {
    as: 'text',
    field: 'session',
  }),
  field('program', [], text('The calling program: program:app.py, program:curl'), { as: 'text', field: 'program' }),
  field('test', [], text('The test that called, where its runner tells: test:test_chat'), {
    as: 'text',
    field: 'test',
  }),
  field('pid', ['process'], text('The calling process: pid:4711'), { as: 'number', field: 'pid', unit: 'none' }),
  field('run', [], text('Calls of one run of a command, as "Show This Run" finds them'), { as: 'name', field: 'run' }),
  field('trace', ['traceparent'], text('The trace that the call belongs to (W3C Trace Context): trace:4bf92f35*'), {
    as: 'name',
    field: 'trace',
  }),
  field('operation', ['op'], text('Part of the described operation: operation:getOrder, operation:/orders/{id}'), {
    as: 'text',
    field: 'operation',
  }),
  field('application', ['app'], text('Whose key the call showed, as named in tollgate.jsonc: application:web'), {
    as: 'name',
    field: 'application',
  }),
  field('route', ['alias'], text('The alias under "models" that was asked for: route:fast'), {
    as: 'name',
    field: 'route',
  }),
  field('cache', [], text('What the cache of answers did: cache:hit'), { as: 'name', field: 'cache' }, [
    'hit',
    'miss',
    'bypass',
  ]),
  field('since', ['after'], text('Started since: since:1h, since:2026-05-01'), { as: 'since' }, ['5m', '1h', '1d']),
  field('until', ['before'], text('Started before: until:30m, until:2026-05-01'), { as: 'until' }),
  field('dur', ['duration', 'time'], text('How long it took: dur>2s, dur<150ms'), {
    as: 'number',
    field: 'duration',
    unit: 'time',
  }),
  field('body', [], text('Text in either body: body~"insufficient"'), { as: 'content', field: 'body' }),
  field('request.body', [], text('Text in the request’s body: request.body~max_tokens'), {
    as: 'content',
    field: 'requestBody',
  }),
  field('response.body', [], text('Text in the response’s body: response.body~quota'), {
    as: 'content',
    field: 'responseBody',
  }),
  field('header', ['headers'], text('Text in a header of either side: header~"retry-after: 3"'), {
    as: 'content',
    field: 'header',
  }),
  field('state', [], text('How it ended: state:failed'), { as: 'name', field: 'state' }, [
    'open',
    'complete',
    'aborted',
    'failed',
  ]),
  field('provider', [], text('Provider: provider:openai'), { as: 'name', field: 'provider' }),
  field('type', ['mime'], text('Part of the response’s content type: type:json'), { as: 'text', field: 'type' }),
  field('size', ['response.size'], text('Size of the response’s body on the wire: size>1mb'), {
    as: 'number',
    field: 'responseSize',
    unit: 'bytes',
  }),
  field('request.size', [], text('Size of the request’s body on the wire: request.size>10kb'), {
    as: 'number',
    field: 'requestSize',
    unit: 'bytes',
  }),
  field('party', [], text('Who has to act: party:caller'), { as: 'name', field: 'party' }, parties),
  field('rule', [], text('The rule that spoke: rule:openrouter'), { as: 'name', field: 'rule' }),
  field('number', ['n'], text('The row’s number: number:12, number>100'), {
    as: 'number',
    field: 'number',
    unit: 'none',
  }),
  field('id', [], text('The exchange’s id'), { as: 'name', field: 'id' }),
  field('replay', [], text('Repeats of this exchange: replay:ID'), { as: 'name', field: 'replay' }),
];

const byName = new Map<string, FilterField>(
  filterFields.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)),
);

/** The field of that name, whatever its case. */
export function filterField(name: string): FilterField | undefined {
  return byName.get(name.toLowerCase());
}
