import { numberIn, newId, type Answer, type Call, type Vendor } from './answer.ts';
import { answerTokens, chatCompletion } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** What a token of output costs, in USD. Dear, so that sums can be read. */
const tokenPrice = 0.001;
/** What was bought before the demo begins, in USD. */
const bought = 10;

/** Refuses calls that may cost more tokens than the balance covers, naming both numbers; tells balance and prices. */
export function openrouter(ledger: Ledger): Vendor {
  return (call) => {
    if (!call.path.endsWith('/chat/completions')) return account(call, ledger.affordableTokens * tokenPrice);
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

/** `balance` is in USD. Whoever tops up has bought more. */
function account({ path }: Call, balance: number): Answer {
  const total = Math.max(bought, balance);
  if (path === '/api/v1/credits')
    return { status: 200, body: { data: { total_credits: total, total_usage: total - balance } } };
  if (path === '/api/v1/key') {
    const usage = total - balance;
    const data = {
      label: 'sandbox',
      limit: null,
      limit_remaining: null,
      limit_reset: null,
      usage,
      is_free_tier: false,
    };
    return { status: 200, body: { data } };
  }
  const model = /^\/api\/v1\/models\/([^/]+\/[^/]+)\/endpoints$/.exec(path)?.[1];
  if (model === undefined) return { status: 404, body: { error: { message: 'Not Found', code: 404 } } };
  const pricing = { prompt: '0', completion: String(tokenPrice) };
  return { status: 200, body: { data: { id: model, endpoints: [{ name: 'Sandbox', pricing }] } } };
}
