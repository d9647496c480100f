import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatUsd } from '../../src/shared/money.ts';
import type { Change } from '../../src/shared/stages.ts';
import { formatCount, formatDuration } from '../format.ts';
import { t } from '../strings.ts';

/** What the gateway changed between client and upstream, in the order in which it happened. */
export function changeList(changes: readonly Change[]): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<section class="attempts" aria-label=${t('changes')}>
    <h3>${t('changes')}</h3>
    <ol>
      ${changes.map((change) => html`<li>${textOf(change)}</li>`)}
    </ol>
  </section>`;
}

function textOf(change: Change): string {
  switch (change.kind) {
    case 'alias':
      return t('change.alias', change.alias, change.model);
    case 'translated': {
      const { from, to, ignored } = change;
      return [
        t('change.translated', from, to),
        ...(ignored.length === 0 ? [] : [t('change.ignored', ignored.join(', '))]),
      ].join('; ');
    }
    case 'guarded': {
      const key = change.way === 'request' ? 'change.guarded' : 'change.guardedAnswer';
      return t(key, change.guard, t(`guard.${change.action}`), change.count);
    }
    case 'cache': {
      const { state, saved } = change;
      if (saved === null) return t(`cache.${state}`);
      const cost = saved.costUsd === null ? '–' : `$${formatUsd(saved.costUsd)}`;
      return `${t(`cache.${state}`)}: ${t('cache.saved', cost, formatCount(saved.tokens), formatDuration(saved.ms))}`;
    }
  }
}
