import type { Fix, FixContext, SourceEdit } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { insertMember } from './source/insertMember.ts';
import { callSpans } from './source/callSpans.ts';
import { assignedTo } from './source/constants.ts';
import { membersIn, type Member } from './source/members.ts';
import { sourceOf, type Source } from './source/source.ts';
import type { Span } from './source/statement.ts';

const names = new Set([
  'max_tokens',
  'maxTokens',
  'max_completion_tokens',
  'maxCompletionTokens',
  'max_output_tokens',
  'maxOutputTokens',
  'max_tokens_to_sample',
]);

/** Sets the longest answer asked for to what the account can afford, where the answer says how much that is. */
export const setMaxTokens: Fix = (context) => {
  const { document, finding } = context;
  const affordable = finding.diagnosis.facts.affordableTokens;
  const source = document === null ? null : sourceOf(document);
  if (affordable === undefined || affordable < 1 || source === null) return [];
  const tokens = Math.floor(affordable);
  const edit = replacement(source, tokens) ?? insertion(source, context, tokens);
  if (edit === null) return [];
  return [
    {
      kind: 'edit',
      id: 'setMaxTokens',
      title: text('Ask for at most {0} tokens, as the credit allows', tokens.toLocaleString('en-US')),
      edits: [edit],
    },
  ];
};

function replacement(source: Source, tokens: number): SourceEdit | null {
  for (const span of callSpans(source)) {
    const members = [...membersIn(source, span, names)].sort((a, b) => distance(source, a) - distance(source, b));
    for (const member of members) {
      const edit = change(source, member, tokens);
      if (edit !== null) return edit;
    }
  }
  return null;
}

function distance({ tokens, line }: Source, { key }: Member): number {
  return Math.abs((tokens[key]?.line ?? 0) - line);
}

function change(source: Source, { name, key, value }: Member, tokens: number): SourceEdit | null {
  const only = value === null ? source.tokens[key] : value.from === value.to ? source.tokens[value.from] : undefined;
  if (only?.kind === 'word') {
    const constant = assignedTo(source, only.text, key);
    const number = constant?.from === constant?.to && constant !== null ? source.tokens[constant.from] : undefined;
    if (number?.kind === 'number')
      return Number(number.text.replaceAll('_', '')) <= tokens
        ? null
        : { start: number.start, end: number.end, newText: String(tokens) };
    if (value === null) return { start: only.end, end: only.end, newText: `: ${String(tokens)}` };
  }
  if (only?.kind === 'number' && Number(only.text.replaceAll('_', '')) <= tokens) return null;
  const first = value === null ? undefined : source.tokens[value.from];
  const last = value === null ? undefined : source.tokens[value.to];
  if (first === undefined || last === undefined || name === '') return null;
  return { start: first.start, end: last.end, newText: String(tokens) };
}

const anchors = [new Set(['model']), new Set(['messages', 'input', 'prompt'])];

/** Beside the model or the messages, the only places where such a member is sure to belong. */
function insertion(source: Source, context: FixContext, tokens: number): SourceEdit | null {
  const name = nameFor(context);
  if (name === null) return null;
  const spans = callSpans(source);
  if (spans.some((span: Span) => membersIn(source, span, names).length > 0)) return null;
  for (const anchor of anchors) {
    for (const span of spans) {
      const [member] = membersIn(source, span, anchor);
      if (member !== undefined) return insertMember(source, member, name, String(tokens));
    }
  }
  return null;
}

/** What the API calls it. Gemini wants it in a nested object, so nothing is put in there. */
function nameFor({ finding, provider }: FixContext): string | null {
  if (provider?.dialect === 'gemini') return null;
  return /\/responses(?:\?|$)/.test(finding.path) ? 'max_output_tokens' : 'max_tokens';
}
