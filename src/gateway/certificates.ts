import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

let context: SecureContext | undefined;
let asked = false;

/**
 * Trust in the operating system's certificates besides Node's own, as browsers have it; undefined where Node's own are
 * all. Read when first needed and once only: some systems take a while, and a context is too dear to make anew.
 */
export function systemTrust(): SecureContext | undefined {
  if (asked) return context;
  asked = true;
  const own = new Set(read('default'));
  const more = read('system').filter((certificate) => !own.has(certificate));
  if (more.length > 0) context = createSecureContext({ ca: [...own, ...more] });
  return context;
}

function read(type: 'default' | 'system'): readonly string[] {
  try {
    return getCACertificates(type);
  } catch {
    // Runtimes that are built on another TLS library lack it; Node's own certificates do then.
    return [];
  }
}

/** The files that this process was told to trust, by Node's variable and by OpenSSL's, which name the system's. */
export function trustedFiles({
  NODE_EXTRA_CA_CERTS: more,
  SSL_CERT_FILE: system,
}: NodeJS.ProcessEnv): readonly string[] {
  return [...new Set([more ?? '', system ?? ''])].filter((file) => file !== '');
}
