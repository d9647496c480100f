import path from 'node:path';
import type { ProgramVariables } from './captureEnvironment.ts';

/** A launch configuration, as far as it matters here. What has another shape than expected is left alone. */
export type LaunchConfiguration = Readonly<Record<string, unknown>> & { readonly type: string; readonly name: string };

type Variables = Readonly<Record<string, unknown>>;

/** What the debugger of a type runs: which preload it can be given, and what keeps one from stepping into it. */
const runtimes: Readonly<Record<string, 'node' | 'python' | 'other'>> = {
  node: 'node',
  'pwa-node': 'node',
  'node-terminal': 'node',
  python: 'python',
  debugpy: 'python',
  go: 'other',
};

/** Whether programs of such a configuration are captured: launched ones, not those that are attached to, and no browsers. */
export function isCaptured({ type, request }: LaunchConfiguration): boolean {
  return request === 'launch' && Object.hasOwn(runtimes, type);
}

/** What surrounds a configuration. */
export interface DebugSurroundings {
  readonly programs: ProgramVariables;
  /** The folder with the preloads. */
  readonly hooks: string;
  /** Names the run, as `TOLLGATE_SESSION` does. */
  readonly session: string;
  /** Variables of the file that `envFile` names. */
  readonly envFile: Variables;
  /** What the debugger starts from where the configuration says nothing. */
  readonly inherited: Variables;
  readonly delimiter: string;
}

/**
 * The configuration with what leads its program to the gateway. What it sets itself stays: `NODE_OPTIONS` is appended
 * to, `PYTHONPATH` put before, and of all other variables those win that are set by the configuration or its `envFile`.
 */
export function withCapture(configuration: LaunchConfiguration, around: DebugSurroundings): LaunchConfiguration {
  const runtime = runtimes[configuration.type];
  const own = isRecord(configuration.env) ? configuration.env : {};
  const { programs, envFile } = around;
  if (runtime === undefined) return configuration;
  const said = { ...envFile, ...own };
  const missing = Object.entries({ ...programs.variables, TOLLGATE_SESSION: around.session }).filter(
    ([name]) => !Object.hasOwn(said, name),
  );
  const env = { ...own, ...Object.fromEntries(missing), ...preloads(said, around) };
  return { ...configuration, env, ...(runtime === 'other' ? {} : notSteppedInto(configuration, runtime, around)) };
}

/** Programs start others: Python tests run Node tools, and the other way round. Both get both. */
function preloads(said: Variables, { programs, inherited, delimiter }: DebugSurroundings): Record<string, string> {
  const now = (name: string): string => {
    const value = Object.hasOwn(said, name) ? said[name] : inherited[name];
    return typeof value === 'string' ? value : '';
  };
  const { nodeOptions, pythonFolder } = programs;
  const found: Record<string, string> = {};
  // A configuration may be resolved twice, when its type is replaced by another.
  if (nodeOptions !== null && !now('NODE_OPTIONS').includes(nodeOptions.trim()))
    found.NODE_OPTIONS = `${now('NODE_OPTIONS')}${nodeOptions}`.trim();
  const folders = now('PYTHONPATH')
    .split(delimiter)
    .filter((folder) => folder !== '');
  if (pythonFolder !== null && !folders.includes(pythonFolder))
    found.PYTHONPATH = [pythonFolder, ...folders].join(delimiter);
  return found;
}

function notSteppedInto(
  { skipFiles, rules }: LaunchConfiguration,
  runtime: 'node' | 'python',
  { hooks, programs }: DebugSurroundings,
): Readonly<Record<string, unknown>> {
  if (programs.nodeOptions === null) return {};
  if (runtime === 'node') {
    const skipped = `${hooks.replaceAll('\\', '/')}/**`;
    const known: readonly unknown[] = Array.isArray(skipFiles) ? skipFiles : [];
    return { skipFiles: known.includes(skipped) ? known : [...known, skipped] };
  }
  const folder = path.join(hooks, 'python', '**');
  const known: readonly unknown[] = Array.isArray(rules) ? rules : [];
  const isOurs = (rule: unknown): boolean => isRecord(rule) && rule.path === folder;
  return { rules: known.some(isOurs) ? known : [...known, { path: folder, include: false }] };
}

/**
 * Reads a file of variables as debuggers do: `NAME=value` on each line, perhaps after `export`, in quotes or not.
 * Anything else on a line is passed over.
 */
export function readEnvFile(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(.*)$/gm)) {
    const quoted = /^(["'])([^]*)\1\s*$/.exec(value);
    found[name] = quoted?.[2] ?? value.replace(/\s+#.*$/, '').trim();
  }
  return found;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
