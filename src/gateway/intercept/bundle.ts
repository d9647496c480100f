import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { ownTrustVariables } from '../../shared/proxySettings.ts';
import { authorityFiles, type Authority } from './authority.ts';

/**
 * Writes one file with all authorities that are trusted on this machine, those that the environment names, and ours: some
 * clients can be told of one file alone, which then replaces what they trust, and most of their hosts are not read.
 */
export async function writeBundle(
  directory: string,
  { certificate }: Authority,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { bundle } = authorityFiles(directory);
  const named = new Set(
    ownTrustVariables.map((name) => environment[name] ?? '').filter((file) => file !== '' && file !== bundle),
  );
  const others = await Promise.all([...named].map((file) => readFile(file, 'utf8').catch(() => '')));
  const all = new Set(
    [
      ...systemCertificates(),
      ...others.flatMap((content) => content.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []),
      certificate.toString(),
    ].map((one) => one.trim()),
  );
  const content = `${[...all].join('\n')}\n`;
  if (content === (await readFile(bundle, 'utf8').catch(() => ''))) return;
  const temporary = `${bundle}.${randomUUID()}.tmp`;
  await writeFile(temporary, content, { mode: 0o644 });
  await rename(temporary, bundle);
}

function systemCertificates(): readonly string[] {
  return (['default', 'system'] as const).flatMap((type) => {
    try {
      return getCACertificates(type);
    } catch {
      // Runtimes that are built on another TLS library lack it.
      return [];
    }
  });
}
