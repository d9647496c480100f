/** A token or currency: its usual name and how many decimals its atomic amounts have. */
export interface Asset {
  readonly name: string;
  readonly decimals: number;
}

const usdc: Asset = { name: 'USDC', decimals: 6 };

/** Contracts of the tokens in which paid APIs ask, in lower case: https://developers.circle.com/stablecoins/usdc-contract-addresses */
const contracts = new Map<string, Asset>([
  ['0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', usdc],
  ['0x036cbd53842c5426634e7929541ec2318f3dcf7e', usdc],
  ['0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', usdc],
  ['0x3c499c542cef5e3811e1192ce70d8cc03d5c3359', usdc],
  ['0xaf88d065e77c8cc2239327c5edb3a432268e5831', usdc],
  ['0x0b2c639c533813f4aa9d7837caf62653d097ff85', usdc],
  ['0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e', usdc],
  ['0x5425890298aed601595a70ab815c96711a31bc65', usdc],
  ['epjfwdd5aufqssqem2qn1xzybapc8g4wegkzwytdt1v', usdc],
  ['4zmmc9srt5ri5x14gagxhahii3gnpaeerypjgzjdncdu', usdc],
  ['0x20c0000000000000000000000000000000000000', { name: 'pathUSD', decimals: 6 }],
]);

const named = new Map<string, Asset>([
  ['usdc', usdc],
  ['usd coin', usdc],
  ['eurc', { name: 'EURC', decimals: 6 }],
  ['usdt', { name: 'USDT', decimals: 6 }],
  ['pathusd', { name: 'pathUSD', decimals: 6 }],
  ['sat', { name: 'sat', decimals: 0 }],
  ['sats', { name: 'sat', decimals: 0 }],
  ['msat', { name: 'sat', decimals: 3 }],
  ['jpy', { name: 'JPY', decimals: 0 }],
  ['krw', { name: 'KRW', decimals: 0 }],
]);

/** What a token's address or name stands for; null where it is not known, and so neither are its decimals. */
export function assetOf(key: string): Asset | null {
  const lower = key.toLowerCase();
  const known = contracts.get(lower) ?? named.get(lower);
  if (known !== undefined) return known;
  return /^[a-z]{3}$/.test(lower) ? { name: lower.toUpperCase(), decimals: 2 } : null;
}

/** Names of the networks, by CAIP-2 id and by the names of x402's first version. */
const networks: Readonly<Record<string, string>> = {
  'eip155:1': 'Ethereum',
  'eip155:10': 'Optimism',
  'eip155:137': 'Polygon',
  'eip155:8453': 'Base',
  'eip155:84532': 'Base Sepolia (test)',
  'eip155:42161': 'Arbitrum',
  'eip155:43114': 'Avalanche',
  'eip155:43113': 'Avalanche Fuji (test)',
  'eip155:4217': 'Tempo',
  'eip155:42431': 'Tempo Moderato (test)',
  'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': 'Solana',
  'solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1': 'Solana Devnet (test)',
  'cloudflare:402': 'Cloudflare',
  base: 'Base',
  'base-sepolia': 'Base Sepolia (test)',
  polygon: 'Polygon',
  'polygon-amoy': 'Polygon Amoy (test)',
  avalanche: 'Avalanche',
  'avalanche-fuji': 'Avalanche Fuji (test)',
  solana: 'Solana',
  'solana-devnet': 'Solana Devnet (test)',
  sei: 'Sei',
  iotex: 'IoTeX',
};

/** A network's usual name; the id itself where it has none here. */
export function networkName(id: string): string {
  return Object.hasOwn(networks, id) ? (networks[id] ?? id) : id;
}

/** An atomic amount in whole units, exactly: `2500` with 6 decimals is `0.0025`. Null where it is no whole number. */
export function inUnits(atomic: string, decimals: number): string | null {
  if (!/^\d{1,78}$/.test(atomic)) return null;
  const digits = atomic.padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/^0+(?=\d)/, '');
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return decimals === 0 || rest === '' ? whole : `${whole}.${rest}`;
}
