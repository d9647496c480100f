import type { GatewaySettings } from '../shared/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which proxy leads to a URL: the setting's, else what the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`,
 * either case). Loopback addresses and `noProxy` (and `NO_PROXY`) are reached without.
 */
export function upstreamProxy(
  url: URL,
  settings: Pick<GatewaySettings, 'proxy' | 'noProxy'>,
  environment: Environment,
): URL | null {
  if (isLoopback(url.hostname)) return null;
  const fromEnvironment = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const noProxy = [...settings.noProxy, ...fromEnvironment('NO_PROXY').split(/[\s,]+/)];
  if (noProxy.some((pattern) => matches(pattern.trim(), url))) return null;
  const own = url.protocol === 'https:' ? fromEnvironment('HTTPS_PROXY') : fromEnvironment('HTTP_PROXY');
  const proxy = settings.proxy || own || fromEnvironment('ALL_PROXY');
  if (proxy === '') return null;
  return URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** Whether a host's name or address means this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d+){3}$/.test(name);
}

/** `*`, a host, a domain with or without its leading dot or `*.`, each with a port or not. */
function matches(pattern: string, url: URL): boolean {
  if (pattern === '') return false;
  if (pattern === '*') return true;
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const domain = host.replace(/^\*?\./, '');
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}
