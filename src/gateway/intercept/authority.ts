import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificate } from './certificate.ts';
import { pem } from './der.ts';
import { hostOfEntry } from './hostList.ts';

/** The certificate authority of this machine: what programs trust, and what signs the certificates shown to them. */
export interface Authority {
  /** The file with the certificate, in PEM. */
  readonly file: string;
  readonly certificate: X509Certificate;
  /** The hosts that it may vouch for; null for any. */
  readonly hosts: readonly string[] | null;
  readonly privateKey: KeyObject;
}

/** What stands beside the certificate, so that it need not be taken apart. */
interface Note {
  readonly hosts: readonly string[] | null;
}

/** What the authority calls itself. */
export const authoritySubject = 'Tollgate, on this machine only';
const day = 86_400_000;
const lifetime = 730 * day;
/** One that ends sooner than this is made anew, with the same key. */
const renewal = 60 * day;

/** The files of an authority. The key is readable by its owner alone. */
export function authorityFiles(directory: string): Readonly<Record<'certificate' | 'key' | 'note' | 'bundle', string>> {
  return {
    certificate: path.join(directory, 'ca.pem'),
    key: path.join(directory, 'ca.key'),
    note: path.join(directory, 'ca.json'),
    bundle: path.join(directory, 'bundle.pem'),
  };
}

/** The authority that is there, or null. */
export async function readAuthority(directory: string): Promise<Authority | null> {
  const files = authorityFiles(directory);
  try {
    const privateKey = createPrivateKey(await readPrivate(files.key));
    const certificate = new X509Certificate(await readFile(files.certificate));
    const { hosts } = JSON.parse(await readFile(files.note, 'utf8')) as Note;
    if (!certificate.checkPrivateKey(privateKey)) return null;
    return { file: files.certificate, certificate, hosts: hosts === null ? null : [...hosts], privateKey };
  } catch {
    return null;
  }
}

/**
 * The authority of a folder, made or widened where it may not vouch for all of `hosts` (entries as of `HostList`; `*`
 * lifts the limit). It keeps its key when it is widened: what was signed for those who know the old certificate stays
 * good. Fails with Node's error where the folder cannot be written.
 */
export async function openAuthority(directory: string, hosts: readonly string[], now = Date.now()): Promise<Authority> {
  const found = await readAuthority(directory);
  const wanted = hosts.some((entry) => hostOfEntry(entry) === '*') ? null : [...new Set(hosts.map(hostOfEntry))].sort();
  if (found !== null && Date.parse(found.certificate.validTo) - now > renewal && covers(found.hosts, wanted))
    return found;
  const files = authorityFiles(directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const privateKey = found?.privateKey ?? (await madeKey(files.key));
  const publicKey = createPublicKey(privateKey);
  const union =
    wanted === null || found?.hosts === null ? null : [...new Set([...(found?.hosts ?? []), ...wanted])].sort();
  const bytes = makeCertificate({
    subject: authoritySubject,
    subjectKey: publicKey,
    issuer: authoritySubject,
    signer: { privateKey, publicKey },
    notBefore: new Date(now - day),
    notAfter: new Date(now + lifetime),
    kind: { name: 'authority', hosts: union },
  });
  await replace(files.note, `${JSON.stringify({ hosts: union } satisfies Note)}\n`, 0o600);
  await replace(files.certificate, pem('CERTIFICATE', bytes), 0o644);
  return { file: files.certificate, certificate: new X509Certificate(bytes), hosts: union, privateKey };
}

/** Removes certificate and key: nothing that they signed is trusted by programs started from then on. */
export async function removeAuthority(directory: string): Promise<void> {
  for (const file of Object.values(authorityFiles(directory))) await rm(file, { force: true });
}

function covers(has: readonly string[] | null, wanted: readonly string[] | null): boolean {
  if (has === null) return true;
  if (wanted === null) return false;
  const known = new Set(has);
  return wanted.every((host) => known.has(host));
}

/** Where two gateways make one at the same time, the first one's counts. */
async function madeKey(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const temporary = temporaryFor(file);
  await writeFile(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, file);
    return privateKey;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const others = taken
      ? await readPrivate(file)
          .then(createPrivateKey)
          .catch(() => null)
      : null;
    if (others !== null) return others;
    // What is there is no key, or the file system knows no links.
    await rename(temporary, file);
    return privateKey;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A key that others could have read, or put there, is none. */
async function readPrivate(file: string): Promise<string> {
  const found = await lstat(file);
  if (!found.isFile()) throw new Error(`${file} is not a file.`);
  if (process.platform !== 'win32') {
    if (found.uid !== process.getuid?.()) throw new Error(`${file} belongs to somebody else.`);
    if ((found.mode & 0o077) !== 0) await chmod(file, 0o600);
  }
  return readFile(file, 'utf8');
}

function temporaryFor(file: string): string {
  return `${file}.${randomUUID()}.tmp`;
}

async function replace(file: string, content: string, mode: number): Promise<void> {
  const temporary = temporaryFor(file);
  await writeFile(temporary, content, { mode });
  await rename(temporary, file);
}
