import type { LocalServer } from '../../shared/models.ts';

/** A port at which a server of models usually is. */
export interface LocalPort {
  readonly provider: string;
  readonly title: string;
  readonly port: number;
  /** As servers of the kind sign their models; null where any answer in OpenAI's format will do. */
  readonly owner: RegExp | null;
}

/** By each project's documentation. Ports that others use as well are told apart by who owns the models. */
export const usualPorts: readonly LocalPort[] = [
  { provider: 'ollama', title: 'Ollama', port: 11434, owner: null },
  { provider: 'lmstudio', title: 'LM Studio', port: 1234, owner: null },
  { provider: 'llamacpp', title: 'llama.cpp', port: 8080, owner: /^llamacpp$/ },
  { provider: 'vllm', title: 'vLLM', port: 8000, owner: /^vllm$/ },
];

const patience = 800;

/** Finds the servers that answer on this machine. */
export async function findLocalServers(ask: typeof fetch, ports = usualPorts): Promise<readonly LocalServer[]> {
  const found = await Promise.all(ports.map((one) => probe(ask, one)));
  return found.filter((one) => one !== null);
}

async function probe(ask: typeof fetch, { provider, title, port, owner }: LocalPort): Promise<LocalServer | null> {
  const url = `http://127.0.0.1:${String(port)}`;
  try {
    const answer = await ask(`${url}/v1/models`, { signal: AbortSignal.timeout(patience) });
    if (!answer.ok) return null;
    const list = (await answer.json()) as {
      readonly data?: readonly { readonly id?: unknown; readonly owned_by?: unknown }[] | null;
    } | null;
    // Ollama without models has no list at all.
    const data = list?.data ?? [];
    const isOurs = owner === null || data.some((one) => typeof one.owned_by === 'string' && owner.test(one.owned_by));
    if (!isOurs || list === null || !('data' in list)) return null;
    const models = data.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    return { provider, title, url, models };
  } catch {
    return null;
  }
}
