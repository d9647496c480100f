import { readSessionVariable, type Origin, type WindowSession } from '../../shared/origin.ts';
import type { Caller } from '../callSites/callNotes.ts';
import { connectionOwners } from './connectionOwners.ts';
import { openProcesses, type ProcessFacts } from './processes.ts';
import { programOf } from './programOf.ts';

/** Finds out which program made a call, and what had started it. Runs on the recording thread, after the fact. */
export interface Origins {
  /** The terminals and tasks of the editor's window, all anew. */
  setSessions(sessions: readonly WindowSession[]): void;
  /** By what its hook noted. */
  ofCaller(caller: Caller): Promise<Origin>;
  /** By the client's port, where no hook noted anything; null where nobody is found. */
  ofConnection(port: number): Promise<Origin | null>;
  /** Whether the client at that port is known already to have no hook, as its `ordinal`th request comes. */
  isKnown(port: number, ordinal: number): boolean;
}

const mostKnown = 5_000;
/** Between a shell and the program that it started there are few; a loop there cannot be. */
const longestChain = 24;
/** Milliseconds after which a process is looked at again: its number may have gone to another. */
const factsLife = 60_000;

type Lineage = readonly ProcessFacts[];

export function openOrigins(): Origins {
  const processes = openProcesses();
  const known = new Map<number, { readonly at: number; readonly lineage: Promise<Lineage> }>();
  const owners = new Map<number, Promise<Origin | null>>();
  let sessions = new Map<number, WindowSession>();
  let asked: { readonly ports: Set<number>; readonly answer: Promise<ReadonlyMap<number, number>> } | null = null;

  const lineageOf = (pid: number, parent: number | null): Promise<Lineage> => {
    const found = known.get(pid);
    if (found !== undefined && Date.now() - found.at < factsLife) return found.lineage;
    const lineage = climb(processes, pid, parent, sessions);
    remember(known, pid, { at: Date.now(), lineage });
    return lineage;
  };

  /** All ports that are asked for within one turn are looked for together. */
  const ownerOf = async (port: number): Promise<number | null> => {
    if (asked === null) {
      const ports = new Set<number>();
      const answer = Promise.resolve().then(() => {
        asked = null;
        return connectionOwners(ports, [...known.keys()].slice(-16).reverse());
      });
      asked = { ports, answer };
    }
    asked.ports.add(port);
    return (await asked.answer).get(port) ?? null;
  };

  return {
    setSessions: (told) => {
      sessions = new Map(told.map((session) => [session.pid, session]));
      known.clear();
    },
    ofCaller: async (caller) => {
      const lineage = await lineageOf(caller.pid, caller.parent ?? null);
      return { ...toOrigin(caller.pid, lineage, caller.session ?? null, sessions), test: caller.test ?? null };
    },
    ofConnection: (port) => {
      const origin =
        owners.get(port) ??
        ownerOf(port).then(async (pid) => {
          if (pid === null) return null;
          return toOrigin(pid, await lineageOf(pid, null), null, sessions);
        });
      remember(owners, port, origin);
      return origin;
    },
    isKnown: (port, ordinal) => {
      // A port's first request comes on another connection than those before.
      if (ordinal === 1) owners.delete(port);
      return owners.has(port);
    },
  };
}

/** The process and its ancestors, up to one that a session began with. */
async function climb(
  processes: ReturnType<typeof openProcesses>,
  pid: number,
  parent: number | null,
  sessions: ReadonlyMap<number, WindowSession>,
): Promise<Lineage> {
  const lineage: ProcessFacts[] = [];
  let next = pid;
  while (next > 1 && lineage.length < longestChain) {
    const facts = await processes.describe(next);
    // It may have ended, and yet have told who its parent was.
    if (facts === null && next !== pid) break;
    if (facts !== null) lineage.push(facts);
    if (sessions.has(next)) break;
    next = facts?.parent ?? parent ?? 0;
  }
  return lineage;
}

function toOrigin(
  pid: number,
  lineage: Lineage,
  noted: string | null,
  sessions: ReadonlyMap<number, WindowSession>,
): Origin {
  const [own] = lineage[0]?.pid === pid ? lineage : [];
  const origin = { pid, program: own === undefined ? null : programOf(own.commandLine), test: null, trace: null };
  const told = readSessionVariable(noted ?? own?.session ?? '');
  if (told !== null) return { ...origin, ...told };
  const at = lineage.findIndex((one) => sessions.has(one.pid));
  const session = sessions.get(lineage[at]?.pid ?? 0);
  // A terminal's shell runs one command after the other; a task is one run.
  const root = session?.kind === 'terminal' ? (lineage[at - 1] ?? lineage[at]) : (lineage[at] ?? own);
  return {
    ...origin,
    session: session === undefined ? null : `${session.kind}:${session.name}`,
    run: root === undefined ? null : `${String(root.pid)}-${root.started.replace(/\W+/g, '')}`,
  };
}

function remember<Value>(map: Map<number, Value>, key: number, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostKnown) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
