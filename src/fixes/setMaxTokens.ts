import { amountText } from '../shared/account.ts';
import type { Fix, FixContext } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';
import { insertMaxTokens } from './insertMaxTokens.ts';
import { besideModel } from './modelPlaces.ts';
import { inFile, placesOf, put, valueOf, type Place, type PlacedEdit } from './places.ts';

/** The longest answer that can be paid, and what says so. */
interface Affordable {
  readonly tokens: number;
  /** What is left, where the account was asked. */
  readonly left: string | null;
}

/** Sets the longest answer asked for to what the account can afford. */
export const setMaxTokens: Fix = (context) => {
  const affordable = affordableOf(context);
  if (affordable === null) return [];
  const { tokens } = affordable;
  const change = replacement(context, tokens) ?? insertMaxTokens(context, tokens);
  if (change === null) return [];
  return [
    {
      kind: 'edit',
      id: 'setMaxTokens',
      title: titleOf(affordable, change.place),
      edits: [change.edit],
      ...(change.place === null ? {} : inFile(change.place)),
    },
  ];
};

/** As the answer says, or by the balance and the price where the account was asked about this call. */
function affordableOf({ finding, account }: FixContext): Affordable | null {
  const { cause, facts } = finding.diagnosis;
  if (facts.affordableTokens !== undefined)
    return facts.affordableTokens < 1 ? null : { tokens: Math.floor(facts.affordableTokens), left: null };
  const tokens = account?.affordableTokens ?? null;
  const { amount, unit } = account?.figures ?? {};
  if (cause !== 'insufficient_funds' || tokens === null || tokens < 1 || amount === undefined || unit === undefined)
    return null;
  return { tokens: Math.floor(tokens), left: amountText(amount, unit) };
}

function titleOf({ tokens, left }: Affordable, place: Place | null): Text {
  const count = tokens.toLocaleString('en-US');
  const label = place?.other?.label;
  if (left === null)
    return label === undefined
      ? text('Ask for at most {0} tokens, as the credit allows', count)
      : text('Ask for at most {0} tokens in {1}, as the credit allows', count, label);
  return label === undefined
    ? text('Ask for at most {0} tokens: that is what {1} buy', count, left)
    : text('Ask for at most {0} tokens in {1}: that is what {2} buy', count, label, left);
}

function replacement(context: FixContext, tokens: number): PlacedEdit | null {
  const { requestedTokens } = context.finding.diagnosis.facts;
  for (const place of placesOf(context, 'maxTokens')) {
    const written = valueOf(place).replaceAll('_', '');
    const number = written === '' ? Number.NaN : Number(written);
    if (place.setting.name === '' || number <= tokens) continue;
    // An expression is only replaced at the call; elsewhere the number must be the one that was asked for.
    if (place.other !== null && Number.isNaN(number)) continue;
    if (place.other !== null && requestedTokens !== undefined && number !== requestedTokens) continue;
    if (place.how === 'searched' && !besideModel(context, place)) continue;
    return { edit: put(place, String(tokens)), place };
  }
  return null;
}
