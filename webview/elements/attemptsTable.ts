import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Attempt } from '../../src/shared/recourse.ts';
import { plain } from '../../src/shared/text.ts';
import { formatDuration } from '../format.ts';
import { causeName, t } from '../strings.ts';
import { icon } from './icon.ts';

const icons = { answered: 'passFilled', refused: 'error', failed: 'error', skipped: 'chevronRight' } as const;

/** What the gateway tried for a call: where, with whose credential, and what came of it. */
export function attemptsTable(attempts: readonly Attempt[]): TemplateResult | typeof nothing {
  if (attempts.length === 0) return nothing;
  return html`<section class="attempts">
    <h3>${t('attempts')}</h3>
    <ol>
      ${attempts.map(
        (attempt) =>
          html`<li>
            ${icon(icons[attempt.outcome])} <strong>${targetOf(attempt)}</strong>
            <span class="faint mono">${attempt.host}</span>
            <span>${outcomeOf(attempt)}</span>
            ${attempt.note === null ? nothing : html`<div class="faint">${plain(attempt.note)}</div>`}
          </li>`,
      )}
    </ol>
  </section>`;
}

function targetOf({ api, credential, model }: Attempt): string {
  const place = credential === null || credential === api ? api : t('attemptCredential', api, credential);
  return model === null ? place : `${place} · ${model}`;
}

function outcomeOf({ outcome, status, cause, ms, waited }: Attempt): string {
  return [
    ...(waited > 0 ? [t('attemptWaited', formatDuration(waited))] : []),
    t(`attempt.${outcome}`),
    ...(status === null ? [] : [String(status)]),
    ...(cause === null ? [] : [causeName(cause)]),
    ...(outcome === 'skipped' || ms === 0 ? [] : [formatDuration(ms)]),
  ].join(' · ');
}
