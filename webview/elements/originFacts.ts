import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Exchange } from '../../src/shared/exchange.ts';
import type { PanelString } from '../../src/shared/panelStrings.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import type { Fact } from './factTable.ts';

/** Where a call came from and by what it went: each shows the calls that have it in common. */
export function originFacts(
  model: LogModel,
  { origin, application, route, operation, cache }: Exchange,
): readonly Fact[] {
  const facts: readonly (readonly [
    name: PanelString,
    field: string,
    value: string | null | undefined,
    text?: string,
  ])[] = [
    ['program', 'program', origin?.program],
    ['session', 'session', origin?.session],
    ['test', 'test', origin?.test],
    ['run', 'run', origin?.run, t('runLink')],
    ['trace', 'trace', origin?.trace],
    ['application', 'application', application],
    ['operation', 'operation', operation],
  ];
  return [
    ...facts.flatMap(([name, field, value, text = value ?? '']) =>
      value == null ? [] : [{ name: t(name), value: alike(model, `${field}=${quoted(value)}`, text) }],
    ),
    ...(route === undefined ? [] : [{ name: t('route'), value: route }]),
    ...(cache === undefined ? [] : [{ name: t('cache'), value: t(`cache.${cache}`) }]),
  ];
}

function alike(model: LogModel, term: string, text: string): TemplateResult {
  return html`<button class="link" type="button" title=${t('showAlike')} @click=${() => void model.setFilter(term)}>
    ${text}
  </button>`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
