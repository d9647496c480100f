/** A test for URLs by patterns of hosts, with `*` for any part; passes all where there is no pattern. */
export function hostLimit(patterns: readonly string[]): (url: string) => boolean {
  const wanted = patterns.map((pattern) => pattern.trim().toLowerCase()).filter((pattern) => pattern !== '');
  if (wanted.length === 0) return () => true;
  const source = wanted.map((pattern) => pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')).join('|');
  const hosts = new RegExp(`^(?:${source})$`);
  return (url) => {
    const { host, hostname } = URL.parse(url) ?? { host: '', hostname: '' };
    return hosts.test(host) || hosts.test(hostname);
  };
}
