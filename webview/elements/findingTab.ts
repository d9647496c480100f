import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Exchange } from '../../src/shared/exchange.ts';
import type { Facts, PaymentOffer } from '../../src/shared/finding.ts';
import { formatCount, formatMoment } from '../format.ts';
import type { LogModel } from '../model/logModel.ts';
import { causeName, t } from '../strings.ts';
import { factTable } from './factTable.ts';
import type { Fact } from './factTable.ts';
import { findingCard } from './findingCard.ts';

/** All that the rules concluded about one exchange. */
export function findingTab(model: LogModel, { diagnosis }: Exchange): TemplateResult {
  if (diagnosis === null) return html``;
  const { alternatives, confidence, rule } = diagnosis;
  return html`<div class="pad">
    ${findingCard(model, diagnosis, false)} ${factTable(t('facts'), facts(diagnosis.facts))}
    ${factTable(t('tabFinding'), [
      { name: t('confidence'), value: `${String(Math.round(confidence * 100))} %` },
      ...(alternatives.length === 0
        ? []
        : [{ name: t('alternatives'), value: alternatives.map(causeName).join(', ') }]),
      { name: t('rule'), value: html`<span class="mono">${rule}</span>` },
    ])}
  </div>`;
}

function facts(known: Facts): readonly Fact[] {
  const money = (amount: number): string =>
    known.currency === undefined ? String(amount) : `${String(amount)} ${known.currency}`;
  const rows: readonly (readonly [name: string, value: string | undefined])[] = [
    [t('fact.requestedTokens'), mapped(known.requestedTokens, formatCount)],
    [t('fact.affordableTokens'), mapped(known.affordableTokens, formatCount)],
    [t('fact.price'), mapped(known.price, money)],
    [t('fact.balance'), mapped(known.balance, money)],
    [t('fact.limit'), mapped(known.limit, formatCount)],
    [t('fact.used'), mapped(known.used, formatCount)],
    [t('fact.remaining'), mapped(known.remaining, formatCount)],
    [t('fact.resetAt'), mapped(known.resetAt, formatMoment)],
    [t('fact.model'), known.model],
    [t('fact.requestId'), known.requestId],
    // Not a link: the answer is not to be trusted with where a click goes.
    [t('fact.link'), known.link],
  ];
  return [
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ...(known.offers ?? []).map((offer) => ({ name: t('fact.offer'), value: spell(offer) })),
  ];
}

function mapped(value: number | undefined, show: (value: number) => string): string | undefined {
  return value === undefined ? undefined : show(value);
}

/** An offer in one line: price, network, way, payee, what for, until when. */
function spell({ protocol, scheme, amount, asset, network, payTo, description, expiresAt }: PaymentOffer): string {
  const price = [amount, asset].filter((part) => part !== null).join(' ');
  const until = expiresAt === null ? null : `≤ ${formatMoment(expiresAt)}`;
  return [price, network, scheme ?? protocol, payTo === null ? null : `→ ${payTo}`, description, until]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
