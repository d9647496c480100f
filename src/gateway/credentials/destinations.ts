import { readFile, rename, writeFile } from 'node:fs/promises';
import { isLoopback } from '../upstreamProxy.ts';

/**
 * Where each secret may be sent: the origins that the configuration named when the secret was first seen, or that a
 * person has agreed to since. A configuration that changes afterwards, by a pull or by another's hand, cannot lead a
 * secret anywhere else. This machine is always allowed.
 */
export interface Destinations {
  /** Takes down where a secret goes that was not known before. `origins` as in `URL.origin`. */
  learn(source: string, origins: readonly string[]): void;
  /** The first of them that nobody has agreed to, or null. */
  held(source: string, origins: readonly string[]): string | null;
  /** Agrees to more. */
  allow(source: string, origins: readonly string[]): void;
}

/** What was agreed to, kept in a file. One that cannot be read is as none, and replaced. `anew` begins with nothing. */
export async function openDestinations(file: string, anew: boolean): Promise<Destinations> {
  const known = anew ? new Map<string, ReadonlySet<string>>() : await read(file);
  let turn = Promise.resolve();
  const keep = (): void => {
    turn = turn.then(() => write(file, known)).catch(() => undefined);
  };
  const allow = (source: string, origins: readonly string[]): void => {
    const before = known.get(source);
    const all = new Set([...(before ?? []), ...origins.filter((origin) => !isHere(origin))]);
    if (before?.size === all.size) return;
    known.set(source, all);
    keep();
  };
  return {
    learn: (source, origins) => {
      if (!known.has(source) && origins.some((origin) => !isHere(origin))) allow(source, origins);
    },
    held: (source, origins) =>
      origins.find((origin) => !isHere(origin) && known.get(source)?.has(origin) !== true) ?? null,
    allow,
  };
}

function isHere(origin: string): boolean {
  return isLoopback(URL.parse(origin)?.hostname ?? '');
}

async function read(file: string): Promise<Map<string, ReadonlySet<string>>> {
  try {
    const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>);
    return new Map(
      entries.map(([source, origins]) => [
        source,
        new Set(Array.isArray(origins) ? origins.filter((origin) => typeof origin === 'string') : []),
      ]),
    );
  } catch {
    return new Map();
  }
}

async function write(file: string, known: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  const content = Object.fromEntries([...known].map(([source, origins]) => [source, [...origins]]));
  const written = `${file}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(written, file);
}
