import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { authoritySubject, type Authority } from './authority.ts';
import { makeCertificate } from './certificate.ts';
import { pem } from './der.ts';

const day = 86_400_000;
const lifetime = 90 * day;
const most = 1000;

/** The certificates that are shown to clients, one for each host. */
export interface Leaves {
  /** The context for a host, made when first asked for; the authority has to be the one given at the time. */
  contextFor(host: string, authority: Authority): SecureContext;
}

/** Keeps the newest certificates, all for one key of this process: a signature is all that each costs. */
export function createLeaves(): Leaves {
  const contexts = new Map<string, { readonly context: SecureContext; readonly until: number }>();
  let signedBy: Authority | null = null;
  let key: { readonly privateKey: string; readonly publicKey: ReturnType<typeof createPublicKey> } | null = null;

  const make = (host: string, { privateKey }: Authority): SecureContext => {
    if (key === null) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      key = {
        privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        publicKey: pair.publicKey,
      };
    }
    const certificate = makeCertificate({
      subject: 'Tollgate, in place of the host',
      subjectKey: key.publicKey,
      issuer: authoritySubject,
      signer: { privateKey, publicKey: createPublicKey(privateKey) },
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + lifetime),
      kind: { name: 'leaf', host },
    });
    return createSecureContext({ key: key.privateKey, cert: pem('CERTIFICATE', certificate) });
  };

  return {
    contextFor: (host, authority) => {
      if (signedBy?.privateKey.equals(authority.privateKey) !== true) contexts.clear();
      signedBy = authority;
      const known = contexts.get(host);
      if (known !== undefined && known.until > Date.now()) return known.context;
      if (contexts.size >= most) contexts.delete(contexts.keys().next().value ?? '');
      const context = make(host, authority);
      contexts.set(host, { context, until: Date.now() + lifetime - 2 * day });
      return context;
    },
  };
}
