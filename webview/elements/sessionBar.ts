import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { plain } from '../../src/shared/text.ts';
import type { LogModel } from '../model/logModel.ts';
import { formatCount } from '../format.ts';
import { t } from '../strings.ts';
import { iconButton } from './icon.ts';

/** What is said of the file whose calls are shown; nothing for the log. */
export function sessionBar(model: LogModel): TemplateResult | typeof nothing {
  const session = model.session;
  if (session === null) return nothing;
  const { name, creator, calls, problems, id } = session;
  return html`<section class="session" aria-label=${name}>
    <span
      ><b>${name}</b> · ${t('sessionCalls', formatCount(calls))}${creator === null ? '' : ` · ${creator}`} ·
      ${t('sessionReadOnly')}</span
    >
    ${
      problems.length === 0
        ? nothing
        : html`<details>
            <summary>
              ${t(
                'sessionProblems',
                problems.reduce((sum, { count }) => sum + count, 0),
              )}
            </summary>
            <ul>
              ${problems.map(
                ({ message, count, first }) =>
                  html`<li>${plain(message)}${first === null ? '' : ` (${t('sessionProblemAt', count, first)})`}</li>`,
              )}
            </ul>
          </details>`
    }
    ${iconButton('close', t('sessionClose'), () => model.run(() => model.sessions.close(id)))}
  </section>`;
}
