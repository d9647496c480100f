import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

/** A card is named as what has too little, or another one is asked for: a bank said so, of a customer. */
const short =
  /\b(?:your|the|this) (?:\w+ )?card (?:has (?:in|un)sufficient|has not enough|does(?: not|n't) have (?:enough|sufficient)|lacks|is out of) (?:\w+ )?(?:funds|balance|money)\b/;
const another = /\b(?:use|try|provide) (?:a different|another|a new) (?:\w+ )?(?:card|payment method)\b/;

/** Turns "insufficient funds" into a declined card where the answer speaks of the card's funds, not of an account's. */
export function ofCard(view: View, verdict: Verdict): Verdict | null {
  if (verdict.cause !== 'insufficient_funds' || verdict.party === 'caller') return null;
  if (!view.sentences.some(({ words }) => short.test(words) || another.test(words))) return null;
  return { ...verdict, cause: 'card_declined', alternatives: ['insufficient_funds', ...(verdict.alternatives ?? [])] };
}
