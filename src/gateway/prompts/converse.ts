import { plain, text } from '../../shared/text.ts';
import type { ConverseOutcome } from '../../shared/prompts.ts';
import { ownInbound } from '../ownInbound.ts';
import { askModel } from './askModel.ts';
import type { PromptParts } from './openPrompts.ts';
import { membersOf } from './problems.ts';

/** How the editor's own conversations are marked in the log. */
const operation = 'VS Code chat';

/** Has a conversation for the editor's chat, and tells what is said as it comes. `runs` holds what can be given up. */
export async function converse(
  { ai, operator, said }: PromptParts,
  runs: Map<string, AbortController>,
  run: string,
  request: Readonly<Record<string, unknown>>,
): Promise<ConverseOutcome> {
  const gone = new AbortController();
  runs.set(run, gone);
  const { passages, headers } = operator();
  const { inbound } = ownInbound('POST', '/v1/chat/completions', headers, null);
  try {
    const answer = await askModel(
      {
        ...{ ai, passages, inbound, query: '', signal: gone.signal },
        ...{ onText: () => true, onDrain: () => undefined, onDelta: (delta) => said(run, delta) },
      },
      { ...request, stream: true, stream_options: { include_usage: true } },
      operation,
    );
    if (answer.kind === 'answered') {
      const refused = answer.refusal === null ? null : plain(text('The model will not answer: {0}', answer.refusal));
      const failure = refused === null ? null : { message: refused, hint: null, status: 502, code: 'model_refused' };
      return { finish: answer.finish, failure };
    }
    if (answer.kind === 'broken') {
      const message = plain(text('The answer broke off.'));
      return { finish: null, failure: { message, hint: null, status: 499, code: 'broken' } };
    }
    const { detail, hint, code } = membersOf(answer.body);
    const failure = {
      message: typeof detail === 'string' ? detail : '',
      hint: typeof hint === 'string' ? hint : null,
      code: typeof code === 'string' ? code : 'refused',
      status: answer.status,
    };
    return { finish: null, failure };
  } finally {
    runs.delete(run);
  }
}
