import type { Cause } from '../shared/finding.ts';
import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { callSpans } from './source/callSpans.ts';
import { assignedTo } from './source/constants.ts';
import { membersIn, unquoted } from './source/members.ts';
import { sourceOf, type Source } from './source/source.ts';
import type { Token } from './source/tokens.ts';

const helped: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'spend_limit_or_budget_reached',
  'usage_quota_exceeded',
  'plan_upgrade_required',
  'rate_limit',
]);
const names = new Set(['model', 'model_name', 'modelName']);

/** Swaps the model for a cheaper one of its family. */
export const replaceModel: Fix = ({ document, finding, provider }) => {
  const source = document === null ? null : sourceOf(document);
  if (source === null || provider === null || !helped.has(finding.diagnosis.cause)) return [];
  const literal = modelLiteral(source, finding.diagnosis.facts.model);
  const current = literal === null ? null : unquoted(literal.text);
  if (literal === null || current === null) return [];
  const family = provider.cheaperModels.find(({ model }) => model.test(current));
  return (family?.instead ?? [])
    .filter((model) => model !== current)
    .map((model, index) => ({
      kind: 'edit',
      id: index === 0 ? 'replaceModel' : `replaceModel.${String(index)}`,
      title: text('Use the cheaper model {0}', model),
      edits: [{ start: literal.start, end: literal.end, newText: literal.text.replace(current, () => model) }],
    }));
};

/** The string that names the model: a member of the call, a constant it refers to, else the nearest of that text. */
function modelLiteral(source: Source, model: string | undefined): Token | null {
  for (const span of callSpans(source)) {
    for (const { key, value } of membersIn(source, span, names)) {
      const token =
        value === null ? source.tokens[key] : value.from === value.to ? source.tokens[value.from] : undefined;
      if (token?.kind === 'string') return token;
      if (token?.kind !== 'word') continue;
      const constant = assignedTo(source, token.text, key);
      const literal = constant === null || constant.from !== constant.to ? undefined : source.tokens[constant.from];
      if (literal?.kind === 'string') return literal;
    }
  }
  if (model === undefined) return null;
  const [nearest] = source.tokens
    .filter((token) => token.kind === 'string' && unquoted(token.text) === model)
    .sort((a, b) => Math.abs(a.line - source.line) - Math.abs(b.line - source.line));
  return nearest ?? null;
}
