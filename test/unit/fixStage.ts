import { findElsewhere, type WorkspaceFiles } from '../../src/fixes/elsewhere.ts';
import { remedies } from '../../src/fixes/index.ts';
import { languageOf } from '../../src/fixes/source/language.ts';
import { providerById } from '../../src/providers/index.ts';
import type { Cause, Facts, Finding, Party } from '../../src/shared/finding.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import type { FixContext, Remedy, SourceEdit } from '../../src/shared/remedy.ts';
import { text } from '../../src/shared/text.ts';

export type Edit = Extract<Remedy, { kind: 'edit' }>;

/** What was refused; the rest is as usual. */
export interface Case {
  readonly provider?: string;
  readonly cause?: Cause;
  readonly facts?: Facts;
  readonly path?: string;
  readonly host?: string;
  readonly evidence?: string;
  readonly status?: number;
  readonly party?: Party;
  readonly more?: Partial<FixContext>;
}

/** A refusal that can afford a shorter answer. */
export const short: Facts = { affordableTokens: 412, requestedTokens: 4096, model: 'gpt-4o' };

export function findingOf({
  provider = 'openai',
  cause = 'insufficient_funds',
  facts = short,
  ...call
}: Case): Finding {
  return {
    key: 'k',
    diagnosis: {
      rule: 'test',
      cause,
      alternatives: [],
      responsibleParty: call.party ?? 'caller',
      confidence: 0.9,
      summary: text('Refused.'),
      evidence: call.evidence === undefined ? [] : [{ source: 'body', path: '', quote: call.evidence }],
      retry: { helps: false, afterSeconds: null },
      facts,
    },
    api: provider,
    provider,
    callSite: null,
    method: 'POST',
    host: call.host ?? providerById(provider)?.hosts[0] ?? '',
    path: call.path ?? '/v1/chat/completions',
    status: call.status ?? 402,
    exchangeId: '01' as ExchangeId,
    exchangeNumber: 1,
    simulated: false,
    firstAt: 0,
    lastAt: 0,
    count: 1,
  };
}

/** What fixes look at where there is no source; `more` puts one in. */
export function contextOf(what: Case): FixContext {
  const provider = providerById(what.provider ?? 'openai');
  return { finding: findingOf(what), provider, document: null, apiUrl: null, credential: null, ...what.more };
}

/** A workspace of those files; the mark `⟵` in the one named first is the line of the call. */
export async function edits(files: Readonly<Record<string, string>>, what: Case = {}): Promise<readonly Edit[]> {
  const [name, marked] = firstOf(files);
  const at = marked.indexOf('⟵');
  const source = marked.replace(/ ?⟵/, '');
  const context: FixContext = {
    ...contextOf(what),
    document:
      at === -1
        ? null
        : { text: source, languageId: languageOf(name, 'plaintext'), line: marked.slice(0, at).split('\n').length - 1 },
    ...what.more,
  };
  const workspace: WorkspaceFiles = {
    read: (file) => {
      const label = file.replace('/w/', '');
      const written = files[label];
      return Promise.resolve(
        written === undefined ? null : { file, label, languageId: languageOf(file, 'plaintext'), text: written },
      );
    },
    environments: () => Promise.resolve(paths(files).filter((file) => /\.env|compose/.test(file))),
    settings: () => Promise.resolve(paths(files).filter((file) => /\.env|\.ya?ml$|\.http$/.test(file))),
  };
  const elsewhere = await findElsewhere(context, at === -1 ? null : `/w/${name}`, workspace);
  return remedies({ ...context, elsewhere }).filter((remedy) => remedy.kind === 'edit');
}

function paths(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(files).map((name) => `/w/${name}`);
}

function applied(source: string, changes: readonly SourceEdit[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), source);
}

function firstOf(files: Readonly<Record<string, string>>): readonly [string, string] {
  return Object.entries(files)[0] ?? ['', ''];
}

/** The file after the first edit of that id, with its name before it. */
export async function after(
  files: Readonly<Record<string, string>>,
  id: string,
  what: Case = {},
): Promise<string | null> {
  const edit = (await edits(files, what)).find((one) => one.id === id);
  if (edit === undefined) return null;
  const [name, source] = firstOf(files);
  return edit.other === undefined
    ? `${name}: ${applied(source.replace(/ ?⟵/, ''), edit.edits)}`
    : `${edit.other.label}${edit.other.sure ? '' : '?'}: ${applied(edit.other.text, edit.edits)}`;
}
