import type { Fix, FixContext, SourceEdit } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';
import { callSpans } from './source/callSpans.ts';
import { insertMember, removeMember } from './source/insertMember.ts';
import { formatOf } from './source/language.ts';
import { literalsIn } from './source/literals.ts';
import { membersIn } from './source/members.ts';
import { lineEndAt } from './source/setting.ts';
import { settingsOf } from './source/settingsOf.ts';
import { sourceOf } from './source/source.ts';

/** What an answer says of a header or a version, and the edit that mends it. */
interface Mend {
  readonly provider: string;
  readonly says: RegExp;
  readonly title: Text;
  readonly edit: (context: FixContext) => readonly SourceEdit[];
}

/** https://docs.claude.com/en/api/versioning */
const anthropicVersion = '2023-06-01';
/** The latest general release: https://learn.microsoft.com/azure/ai-services/openai/api-version-deprecation */
const azureVersion = '2024-10-21';

const mends: readonly Mend[] = [
  {
    provider: 'anthropic',
    says: /anthropic-version/i,
    title: text('Send the header anthropic-version: {0}', anthropicVersion),
    edit: (context) => addHeader(context, 'x-api-key', 'anthropic-version', anthropicVersion),
  },
  // https://platform.openai.com/docs/api-reference/organizations: without the header the key's own one is billed.
  {
    provider: 'openai',
    says: /mismatched_organization|openai-organization header/i,
    title: text('Leave the organisation out: the key knows its own'),
    edit: (context) => removeNamed(context, new Set(['OpenAI-Organization', 'organization', 'OPENAI_ORG_ID'])),
  },
  {
    provider: 'azure-openai',
    says: /api[- ]?version/i,
    title: text('Use the API version {0}', azureVersion),
    edit: replaceVersion,
  },
];

/** Adds, removes or changes the header or the version that the answer complains of, where it is written at the call. */
export const mendHeader: Fix = (context) => {
  const { finding, provider, document } = context;
  if (document === null || finding.diagnosis.cause !== 'configuration_error') return [];
  const said = finding.diagnosis.evidence.map(({ quote }) => quote).join('\n');
  const mend = mends.find(({ provider: id, says }) => id === provider?.id && says.test(said));
  const edits = mend?.edit(context) ?? [];
  return mend === undefined || edits.length === 0 ? [] : [{ kind: 'edit', id: 'mendHeader', title: mend.title, edits }];
};

function addHeader({ document }: FixContext, beside: string, name: string, value: string): readonly SourceEdit[] {
  if (document === null) return [];
  if (formatOf(document.languageId) !== null) {
    const [nearest] = (settingsOf(document) ?? [])
      .filter((setting) => setting.under === 'headers' && setting.name.toLowerCase() === beside)
      .sort((a, b) => Math.abs(a.line - document.line) - Math.abs(b.line - document.line));
    const edit = nearest?.beside?.(name, value) ?? null;
    return edit === null ? [] : [edit];
  }
  const source = sourceOf(document);
  if (source === null) return [];
  for (const span of callSpans(source)) {
    const [member] = membersIn(source, span, new Set([beside, 'X-Api-Key', 'X-API-Key']));
    const quote = member === undefined ? '' : (source.tokens[member.key]?.text.at(-1) ?? '"');
    const edit = member === undefined ? null : insertMember(source, member, name, `${quote}${value}${quote}`);
    if (edit !== null) return [edit];
  }
  return [];
}

function removeNamed({ document }: FixContext, names: ReadonlySet<string>): readonly SourceEdit[] {
  if (document === null) return [];
  if (formatOf(document.languageId) !== null) {
    const { text: whole } = document;
    const setting = (settingsOf(document) ?? []).find(({ name }) => names.has(name));
    if (setting === undefined) return [];
    const start = whole.lastIndexOf('\n', setting.start - 1) + 1;
    return [
      { start, end: Math.min(whole.length, whole.indexOf('\n', lineEndAt(whole, setting.end)) + 1), newText: '' },
    ];
  }
  const source = sourceOf(document);
  if (source === null) return [];
  for (const span of callSpans(source)) {
    const [member] = membersIn(source, span, names);
    const edit = member === undefined ? null : removeMember(source, member);
    if (edit !== null) return [edit];
  }
  return [];
}

/** In an address (`api-version=…`) or as the argument of a client. */
function replaceVersion({ document }: FixContext): readonly SourceEdit[] {
  if (document === null) return [];
  return literalsIn(document).flatMap(({ value, start }) => {
    const match = /(?:^|api-version=)(\d{4}-\d{2}-\d{2}(?:-preview)?)(?=$|[&#])/.exec(value);
    const [whole = '', version = ''] = match ?? [];
    if (match === null || version === azureVersion) return [];
    const at = start + match.index + whole.length - version.length;
    return [{ start: at, end: at + version.length, newText: azureVersion }];
  });
}
