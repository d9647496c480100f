/** An amount of US dollars for people: two decimals, or as many as tell a small one from nothing. */
export function formatUsd(usd: number): string {
  if (usd >= 0.01 || usd <= 0) return usd.toFixed(2);
  return usd.toFixed(Math.min(10, Math.ceil(-Math.log10(usd)) + 1)).replace(/0+$/, '');
}
