import { text, type Text } from './text.ts';

/** Where a gateway's proxy is and what has to be trusted for it. */
export interface ProxyAddress {
  /** As in `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The gateway's authority alone, in PEM; null where TLS is not read. */
  readonly ca: string | null;
  /** The same with all authorities that are trusted anyway, for clients that take one file in place of their own. */
  readonly bundle: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const loopback = ['localhost', '127.0.0.1', '::1'];
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'] as const;
/** Each replaces the client's own list of authorities. */
const bundleVariables = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'AWS_CA_BUNDLE',
  'CARGO_HTTP_CAINFO',
] as const;

/** The variables that may name authorities of a person's own, to be kept in the bundle. */
export const ownTrustVariables = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT', ...bundleVariables] as const;

/**
 * Variables that lead a program's calls through the gateway, beside its `own`. This machine is reached directly, unless
 * `hosts`, which are those that the gateway reads, has it.
 */
export function proxyEnvironment(
  { url, ca, bundle }: ProxyAddress,
  own: Environment,
  hosts: readonly string[],
): Record<string, string> {
  const listed = (own.NO_PROXY ?? own.no_proxy ?? '').split(',').map((one) => one.trim());
  const wanted = (name: string): boolean =>
    hosts.some((host) => host === '*' || host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') === name);
  const direct = [...new Set([...listed, ...(loopback.some(wanted) ? [] : loopback)])]
    .filter((one) => one !== '')
    .join(',');
  const variables: Record<string, string> = { NO_PROXY: direct, no_proxy: direct, NODE_USE_ENV_PROXY: '1' };
  for (const name of proxyVariables) variables[name] = url;
  if (ca === null || bundle === null) return variables;
  // Node and Deno add to what they trust; one who had named a file there keeps it.
  variables.NODE_EXTRA_CA_CERTS = (own.NODE_EXTRA_CA_CERTS ?? '') === '' ? ca : bundle;
  variables.DENO_CERT = (own.DENO_CERT ?? '') === '' ? ca : bundle;
  for (const name of bundleVariables) variables[name] = bundle;
  return variables;
}

export const shells = ['bash', 'fish', 'powershell', 'cmd'] as const;
/** `bash` stands for all that read POSIX `export`, zsh among them. */
export type Shell = (typeof shells)[number];

/** Commands that set variables in a shell; null unsets. */
export function shellCommands(shell: Shell, variables: Readonly<Record<string, string | null>>): string {
  return Object.entries(variables)
    .map(([name, value]) => setCommand(shell, name, value))
    .join('');
}

function setCommand(shell: Shell, name: string, value: string | null): string {
  switch (shell) {
    case 'bash':
      return value === null ? `unset ${name}\n` : `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
    case 'fish':
      return value === null ? `set -e ${name}\n` : `set -gx ${name} '${value.replace(/['\\]/g, '\\$&')}'\n`;
    case 'powershell':
      return value === null
        ? `Remove-Item Env:${name} -ErrorAction SilentlyContinue\n`
        : `$env:${name} = '${value.replaceAll("'", "''")}'\n`;
    case 'cmd':
      // cmd has no quoting for percent signs at its prompt; none stand in paths and URLs of ours.
      return `set "${name}=${value ?? ''}"\r\n`;
  }
}

/** What one client needs to go through the proxy and to trust it. */
export interface ProxyClient {
  readonly name: string;
  /** Which variables lead it to the proxy; empty where none does. */
  readonly proxy: readonly string[];
  /** Which variable makes it trust the authority; empty where none does. */
  readonly trust: readonly string[];
  readonly note: Text | null;
}

const usual = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** What clients honour, by their documentation and as measured with the versions named there. */
export const proxyClients: readonly ProxyClient[] = [
  {
    name: 'Node.js: fetch, http, https',
    proxy: ['NODE_USE_ENV_PROXY=1', ...usual],
    trust: ['NODE_EXTRA_CA_CERTS'],
    note: text(
      'From Node 22.21 and 24.5 on. Older ones, and agents of one’s own: undici’s EnvHttpProxyAgent, or the preload in Tollgate’s terminals.',
    ),
  },
  { name: 'Node.js: axios', proxy: usual, trust: ['NODE_EXTRA_CA_CERTS'], note: null },
  { name: 'Python: requests', proxy: usual, trust: ['REQUESTS_CA_BUNDLE'], note: null },
  {
    name: 'Python: httpx, openai, anthropic',
    proxy: usual,
    trust: ['SSL_CERT_FILE'],
    note: text('Not where trust_env is False or verify names a file.'),
  },
  { name: 'Python: urllib', proxy: usual, trust: ['SSL_CERT_FILE'], note: null },
  {
    name: 'Python: aiohttp',
    proxy: [],
    trust: ['SSL_CERT_FILE'],
    note: text('Only with ClientSession(trust_env=True): then as urllib.'),
  },
  { name: 'curl', proxy: ['http_proxy', 'HTTPS_PROXY', 'NO_PROXY'], trust: ['CURL_CA_BUNDLE'], note: null },
  {
    name: 'Go: net/http',
    proxy: usual,
    trust: ['SSL_CERT_FILE'],
    note: text('Never for localhost and 127.0.0.1. On macOS and Windows it trusts the system’s store alone.'),
  },
  {
    name: 'Java',
    proxy: [],
    trust: [],
    note: text(
      'By properties: -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=PORT, the same with http, and -Djavax.net.ssl.trustStore naming a store that keytool has imported the certificate into.',
    ),
  },
  {
    name: 'Ruby: Net::HTTP',
    proxy: ['http_proxy', 'https_proxy', 'no_proxy'],
    trust: ['SSL_CERT_FILE'],
    note: text('Never for localhost and 127.0.0.1.'),
  },
  {
    name: '.NET: HttpClient',
    proxy: usual,
    trust: ['SSL_CERT_FILE'],
    note: text('On macOS and Windows it trusts the system’s store alone.'),
  },
  { name: 'git', proxy: ['http_proxy', 'HTTPS_PROXY', 'NO_PROXY'], trust: ['GIT_SSL_CAINFO'], note: null },
  { name: 'pip', proxy: usual, trust: ['PIP_CERT'], note: null },
  { name: 'Deno', proxy: usual, trust: ['DENO_CERT'], note: null },
  { name: 'Bun', proxy: usual, trust: ['NODE_EXTRA_CA_CERTS'], note: null },
];
