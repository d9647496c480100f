import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import * as der from './der.ts';

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: string;
  readonly subjectKey: KeyObject;
  readonly issuer: string;
  /** The issuer's private key and its public half. */
  readonly signer: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly kind:
    | { readonly name: 'leaf'; readonly host: string }
    /** `hosts` are those that it may vouch for, or null for any. */
    | { readonly name: 'authority'; readonly hosts: readonly string[] | null };
}

const ecdsaWithSha256 = der.sequence(der.identifier('1.2.840.10045.4.3.2'));

/** Writes an X.509 certificate (RFC 5280, 4.1) and signs it with ECDSA and SHA-256. */
export function makeCertificate(content: CertificateContent): Buffer {
  const { subject, subjectKey, issuer, signer, notBefore, notAfter, kind } = content;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const signed = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    der.integer(serial),
    ecdsaWithSha256,
    distinguishedName(issuer),
    der.sequence(der.moment(notBefore), der.moment(notAfter)),
    distinguishedName(subject),
    subjectKey.export({ type: 'spki', format: 'der' }),
    der.explicit(
      3,
      der.sequence(
        extension('2.5.29.14', false, der.octets(keyIdentifier(subjectKey))),
        extension('2.5.29.35', false, der.sequence(der.implicit(0, keyIdentifier(signer.publicKey)))),
        ...(kind.name === 'leaf' ? leafExtensions(kind.host) : authorityExtensions(kind.hosts)),
      ),
    ),
  );
  return der.sequence(signed, ecdsaWithSha256, der.bits(sign('sha256', signed, signer.privateKey)));
}

function leafExtensions(host: string): readonly Buffer[] {
  const name = isIP(host) === 0 ? der.implicit(2, Buffer.from(host, 'latin1')) : der.implicit(7, addressBytes(host));
  return [
    extension('2.5.29.19', true, der.sequence()),
    // Digital signature is all that ECDHE needs of a key on a curve.
    extension('2.5.29.15', true, der.bits(Buffer.of(0x80), 7)),
    extension('2.5.29.37', false, der.sequence(der.identifier('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, der.sequence(name)),
  ];
}

/** No authority below it; signing of certificates alone; and nothing but those hosts (RFC 5280, 4.2.1.10). */
function authorityExtensions(hosts: readonly string[] | null): readonly Buffer[] {
  const basic = [
    extension('2.5.29.19', true, der.sequence(der.truth(true), der.integer(Buffer.of(0)))),
    extension('2.5.29.15', true, der.bits(Buffer.of(0x04), 2)),
  ];
  return hosts === null ? basic : [...basic, extension('2.5.29.30', true, nameConstraints(hosts))];
}

/** A name stands for itself and all below it. A kind of name that is not permitted at all has to be excluded. */
function nameConstraints(hosts: readonly string[]): Buffer {
  const addresses = hosts.filter((host) => isIP(host) !== 0);
  const names = hosts.filter((host) => isIP(host) === 0).map((host) => host.replace(/^\./, ''));
  const subtree = (tag: number, bytes: Uint8Array): Buffer => der.sequence(der.implicit(tag, bytes));
  const permitted = [
    // ".invalid" exists nowhere (RFC 6761, 6.4).
    ...(names.length === 0 ? ['invalid'] : names).map((name) => subtree(2, Buffer.from(name, 'latin1'))),
    ...addresses.map((one) =>
      subtree(7, Buffer.concat([addressBytes(one), Buffer.alloc(isIP(one) === 4 ? 4 : 16, 0xff)])),
    ),
  ];
  const excluded = addresses.length > 0 ? [] : [subtree(7, Buffer.alloc(8)), subtree(7, Buffer.alloc(32))];
  const trees = [der.tagged(0xa0, ...permitted), ...(excluded.length === 0 ? [] : [der.tagged(0xa1, ...excluded)])];
  return der.sequence(...trees);
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(der.identifier(id), ...(critical ? [der.truth(true)] : []), der.octets(value));
}

/** RFC 5280, 4.2.1.2, method 1 in spirit: any digest of the key will do. */
function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function distinguishedName(commonName: string): Buffer {
  const attribute = (id: string, value: string): Buffer => der.setOf(der.sequence(der.identifier(id), der.utf8(value)));
  return der.sequence(attribute('2.5.4.10', 'Tollgate'), attribute('2.5.4.3', commonName));
}

/** The four or sixteen bytes of an address. */
export function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = ipv6Hex(address).split('::');
  const groups = (text: string | undefined): number[] =>
    (text ?? '')
      .split(':')
      .filter((one) => one !== '')
      .map((one) => parseInt(one, 16));
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => 0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** With an IPv4 part written as two groups. */
function ipv6Hex(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a: string, b: string, c: string, d: string) =>
    [(Number(a) << 8) | Number(b), (Number(c) << 8) | Number(d)].map((group) => group.toString(16)).join(':'),
  );
}
