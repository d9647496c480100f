import { createReadStream } from 'node:fs';
import { remedies } from '../fixes/index.ts';
import { providerById, providerForHost } from '../providers/index.ts';
import { diagnose } from '../rules/index.ts';
import type { ExchangeId } from '../shared/exchange.ts';
import type { Diagnosis } from '../shared/finding.ts';
import type { Remedy } from '../shared/remedy.ts';
import { plain } from '../shared/text.ts';
import type { Command } from './command.ts';
import { linesOf } from './lines.ts';
import { outputIsGone, print } from './output.ts';
import { parseSubjectLine, type SubjectLine } from './subjectLine.ts';
import { CommandFailure } from './usageError.ts';

export const diagnoseCommand: Command = {
  name: 'diagnose',
  summary: 'Tell the cause of recorded refusals, one JSON line each',
  help: `Usage: tollgate diagnose [FILE|-]

Reads JSON lines from FILE, or from standard input where it is - or left out:
  {"id", "request": {"method","host","path","headers","body"}, "response": {"status","headers","body"}}
Any member but "id" and "response" may be missing; "status" may be null. Headers are an object or a
list of pairs; a body is text or JSON.

Prints for each:
  {"id","cause","alternatives","responsibleParty","confidence","evidence","retryAfterSeconds",
   "fixes":[{"kind","title"}]}
with "cause" null where there is no problem.

A line that cannot be read is reported on standard error as FILE:LINE: error: MESSAGE; the others are
still processed, and the exit code is 1.
`,
  options: {},
  operands: 1,
  run: async (_options, [file = '-']) => {
    const name = file === '-' ? '<stdin>' : file;
    let lineNumber = 0;
    let failures = 0;
    let answers = '';
    try {
      for await (const line of linesOf(file === '-' ? process.stdin : createReadStream(file))) {
        lineNumber++;
        if (line.trim() === '') continue;
        try {
          answers += `${JSON.stringify(answer(parseSubjectLine(line)))}\n`;
        } catch (error) {
          failures++;
          const message = error instanceof Error ? error.message : String(error);
          process.stderr.write(`${name}:${String(lineNumber)}: error: ${message}\n`);
        }
        if (answers.length < batch) continue;
        await print(answers);
        answers = '';
        if (outputIsGone()) return 1;
      }
    } catch (error) {
      throw new CommandFailure(whyUnreadable(error, name), { cause: error });
    } finally {
      await print(answers);
    }
    return failures === 0 ? 0 : 1;
  },
};

/** Characters to print at once: many small writes are slow. */
const batch = 32 * 1024;

function answer({ id, subject }: SubjectLine): Readonly<Record<string, unknown>> {
  const diagnosis = diagnose(subject);
  return {
    id,
    cause: diagnosis?.cause ?? null,
    alternatives: diagnosis?.alternatives ?? [],
    responsibleParty: diagnosis?.responsibleParty ?? null,
    confidence: diagnosis?.confidence ?? null,
    evidence: diagnosis?.evidence ?? [],
    retryAfterSeconds: diagnosis?.retry.afterSeconds ?? null,
    fixes:
      diagnosis === null ? [] : fixes(subject, diagnosis).map(({ kind, title }) => ({ kind, title: plain(title) })),
  };
}

function fixes({ provider, request, response }: SubjectLine['subject'], diagnosis: Diagnosis): readonly Remedy[] {
  const known = provider === null ? providerForHost(request.host ?? '') : providerById(provider);
  return remedies({
    finding: {
      key: '',
      diagnosis,
      api: null,
      provider: known?.id ?? null,
      callSite: null,
      method: request.method ?? '',
      host: request.host ?? '',
      path: request.path ?? '',
      status: response.status,
      exchangeId: '' as ExchangeId,
      exchangeNumber: 0,
      simulated: false,
      firstAt: 0,
      lastAt: 0,
      count: 1,
    },
    provider: known,
    // The body is all there is of the program's own text.
    document: request.body === null ? null : { text: request.body, languageId: 'json', line: 0 },
    apiUrl: null,
    credential: null,
  });
}

function whyUnreadable(error: unknown, name: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `There is no file ${name}.`;
  if (code === 'EISDIR') return `${name} is a folder. Name a file with JSON lines.`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
