/** What a refusal can be about, and what it can say of it. */
export type Concept =
  | 'purse'
  | 'budget'
  | 'card'
  | 'subscription'
  | 'plan'
  | 'key'
  | 'allowance'
  | 'account'
  | 'region'
  | 'period'
  | 'over'
  | 'lacking'
  | 'ended'
  | 'shut'
  | 'wrong'
  | 'refused'
  | 'only'
  | 'many'
  | 'topUp'
  | 'upgrade'
  | 'subscribe';

/** The stems of one language by concept, as the source of a pattern over lower case; no groups that capture. */
export type Tongue = Readonly<Record<Concept, string>>;
