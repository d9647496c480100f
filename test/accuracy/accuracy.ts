import { readFileSync } from 'node:fs';
import type { Cause } from '../../src/shared/finding.ts';
import type { Subject } from '../../src/shared/subject.ts';
import { diagnose } from '../../src/rules/index.ts';

interface Case {
  readonly id: string;
  readonly request?: {
    readonly method?: string | null;
    readonly host?: string | null;
    readonly path?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status?: number | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly cause: Cause | null;
  readonly ambiguous_with?: readonly Cause[];
  readonly responsible_party?: string;
}

const [file, ...flags] = process.argv.slice(2);
if (file === undefined) {
  console.error(
    'Usage: npm run accuracy -- FILE [--wrong]\nFILE has a JSON object a line: {id, request, response, cause, ambiguous_with}.',
  );
  process.exit(2);
}
const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case);
const subjects = cases.map(toSubject);
const found = subjects.map((subject) => diagnose(subject));

const right = (index: number): boolean => (found[index]?.cause ?? null) === cases[index]?.cause;
const nearly = (index: number): boolean => {
  const one = cases[index];
  const answer = found[index]?.cause;
  return right(index) || (answer !== undefined && one?.ambiguous_with?.includes(answer) === true);
};
const indices = cases.map((_, index) => index);
console.log(
  `${String(cases.length)} cases; right ${share(indices.filter(right).length, cases.length)}, right or labelled ambiguous ${share(indices.filter(nearly).length, cases.length)}, the cause among the alternatives too ${share(indices.filter((index) => right(index) || found[index]?.alternatives.some((cause) => cause === cases[index]?.cause) === true).length, cases.length)}`,
);

table('By cause', (index) => String(cases[index]?.cause));
table('By status', (index) => String(cases[index]?.response.status ?? 'none'));
table('By rule', (index) => found[index]?.rule ?? 'none');

console.log('\nConfusion (true cause → answer):');
const confusion = new Map<string, number>();
for (const index of indices.filter((one) => !right(one))) {
  const key = `${String(cases[index]?.cause)} → ${found[index]?.cause ?? 'none'}`;
  confusion.set(key, (confusion.get(key) ?? 0) + 1);
}
for (const [key, times] of [...confusion].sort((a, b) => b[1] - a[1]))
  console.log(`  ${String(times).padStart(3)}  ${key}`);

if (flags.includes('--wrong')) {
  for (const index of indices.filter((one) => !right(one))) {
    const one = cases[index];
    if (one === undefined) continue;
    const { id, cause, response, request, ambiguous_with } = one;
    console.log(
      `\n${id}: ${String(cause)} → ${found[index]?.cause ?? 'none'} (${found[index]?.rule ?? ''}) [${found[index]?.alternatives.join() ?? ''}] ambiguous ${ambiguous_with?.join() ?? ''}\n  ${String(response.status)} ${request?.host ?? ''} ${request?.path ?? ''}\n  ${String(response.body).slice(0, 500)}\n  ${JSON.stringify(response.headers)}\n  evidence ${JSON.stringify(found[index]?.evidence[0])}`,
    );
  }
}

const rounds = Math.ceil(20_000 / cases.length);
// Warm first: what is asked for is the time of a gateway that has been running.
for (let round = 0; round < rounds; round += 1) for (const subject of subjects) diagnose(subject);
const start = process.cpuUsage().user;
for (let round = 0; round < rounds; round += 1) for (const subject of subjects) diagnose(subject);
console.log(
  `\n${((process.cpuUsage().user - start) / (rounds * cases.length)).toFixed(1)} µs of processor time an exchange, on average over ${String(rounds * cases.length)}.`,
);

function table(title: string, keyOf: (index: number) => string): void {
  console.log(`\n${title}:`);
  const groups = new Map<string, number[]>();
  for (const index of indices) groups.set(keyOf(index), [...(groups.get(keyOf(index)) ?? []), index]);
  for (const [key, members] of [...groups].sort((a, b) => b[1].length - a[1].length))
    console.log(`  ${key.padEnd(34)} ${share(members.filter(right).length, members.length)}`);
}

function share(part: number, whole: number): string {
  return `${String(part)}/${String(whole)} (${((part * 100) / whole).toFixed(1)} %)`;
}

function toSubject({ request, response }: Case): Subject {
  const { body } = response;
  return {
    provider: null,
    request: {
      method: request?.method ?? null,
      host: request?.host ?? null,
      path: request?.path ?? null,
      headers: Object.entries(request?.headers ?? {}),
      body: null,
    },
    response: {
      status: response.status ?? null,
      headers: Object.entries(response.headers ?? {}),
      trailers: [],
      body: body === undefined || body === null ? null : typeof body === 'string' ? body : JSON.stringify(body),
      truncated: false,
    },
  };
}
