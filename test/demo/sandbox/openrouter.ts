import { numberIn, newId, type Vendor } from './answer.ts';
import { answerTokens, chatCompletion } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** Refuses calls that may cost more tokens than the balance covers, naming both numbers. */
export function openrouter(ledger: Ledger): Vendor {
  return (call) => {
    if (!call.path.endsWith('/chat/completions'))
      return { status: 404, body: { error: { message: 'Not Found', code: 404 } } };
    const wanted = numberIn(call, 'max_tokens', numberIn(call, 'max_completion_tokens', 65_536));
    const affordable = ledger.affordableTokens;
    if (wanted > affordable) {
      const message =
        `This request requires more credits, or fewer max_tokens. You requested up to ${String(wanted)} tokens, ` +
        `but can only afford ${String(affordable)}. To increase, visit https://openrouter.ai/settings/credits and add more credits`;
      const metadata = { error_type: 'payment_required', limit_source: 'openrouter_credits' };
      return { status: 402, body: { error: { message, code: 402, metadata }, user_id: 'user_sandbox' } };
    }
    ledger.spendTokens(answerTokens);
    return chatCompletion(call, { 'x-generation-id': newId('gen-') });
  };
}
