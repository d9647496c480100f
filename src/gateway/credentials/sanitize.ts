const longest = 200;

/** Somebody else's words, fit for one of our sentences: on one line, not too long, and without the given secrets. */
export function sanitized(words: string, secrets: readonly string[]): string {
  let clean = words;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '…');
  clean = clean.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}
