const openings = ['Sure.', 'In short:', 'As the invoice says,', 'Last month', 'To answer that:', '“', 'Note:', ''];
const clauses = [
  'your balance is too low to pay the rent',
  'the error was "insufficient_quota", so the program stopped',
  'a 402 Payment Required means that the account has no credits left',
  'the customer’s card was declined twice',
  'the subscription expired on 3 March and was renewed',
  'rate limit exceeded: at most 60 requests per minute are allowed',
  '{"error":{"code":402,"message":"Insufficient credits"}}',
  'an API key that was revoked gives 401',
  'his account has been suspended by the bank for unpaid bills',
  'the monthly budget of the household is used up',
  'please upgrade your plan, said the salesman',
  'money cannot buy everything',
  'our quota of fish for this day is reached',
  '余额不足，请充值',
  'Ihr Guthaben ist aufgebraucht',
  'data: {"error":"insufficient_funds"}',
  'the quick brown fox jumps over the lazy dog',
  '<Error><Code>QuotaExceeded</Code></Error>',
];

/** A source of numbers that is the same in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** Ordinary text of some sentences, much of it about money, as people ask for and models write. */
export function prose(random: (below: number) => number): string {
  return Array.from({ length: 1 + random(6) }, () => {
    const opening = openings[random(openings.length)] ?? '';
    return `${opening} ${clauses[random(clauses.length)] ?? ''}.`.trim();
  }).join(random(4) === 0 ? '\n' : ' ');
}
