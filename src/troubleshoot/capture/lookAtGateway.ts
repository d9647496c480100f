/** Milliseconds for an answer from this machine. */
const patience = 2_000;

/** Who answers at a port of this machine. `fetch` is the runtime's own. */
export async function portAnswer(port: number, ask: typeof fetch = fetch): Promise<'gateway' | 'stranger' | 'nobody'> {
  try {
    const answer = await ask(`http://127.0.0.1:${String(port)}/_tollgate/health`, {
      signal: AbortSignal.timeout(patience),
    });
    const { name } = (await answer.json()) as { readonly name?: unknown };
    return name === 'tollgate' ? 'gateway' : 'stranger';
  } catch (error) {
    // What is not JSON was said by somebody else; what was refused or took too long, by nobody.
    return error instanceof SyntaxError ? 'stranger' : 'nobody';
  }
}

/** What the text of a state file says of a gateway at that port; null for a file that is not there. */
export function stateIn(text: string | null, port: number | null): 'fresh' | 'stale' | 'missing' {
  if (text === null) return 'missing';
  try {
    const state = JSON.parse(text) as { readonly port?: unknown } | null;
    return typeof state?.port === 'number' && (port === null || state.port === port) ? 'fresh' : 'stale';
  } catch {
    return 'stale';
  }
}
