import type { FixContext } from '../shared/remedy.ts';
import { besideModel, modelPlaces } from './modelPlaces.ts';
import { namesFor } from './names.ts';
import { placesOf, type Place, type PlacedEdit } from './places.ts';
import { callSpans } from './source/callSpans.ts';
import { insertFirst, insertMember } from './source/insertMember.ts';
import { formatOf } from './source/language.ts';
import { membersIn, type Member } from './source/members.ts';
import { settingsOf } from './source/settingsOf.ts';
import { sourceOf, type Source } from './source/source.ts';
import type { Span } from './source/statement.ts';

/** Limits the answer where nothing does, as the API and the library at hand call it; null where no place is sure. */
export function insertMaxTokens(context: FixContext, tokens: number): PlacedEdit | null {
  const limited = placesOf(context, 'maxTokens').some(
    (place) => place.how !== 'searched' || besideModel(context, place),
  );
  if (limited) return null;
  const { document } = context;
  const source = document === null ? null : sourceOf(document);
  if (source !== null) return inCode(source, context, tokens);
  const [place] = modelPlaces(context);
  return place === undefined ? null : inSettings(context, place, tokens);
}

const anchors = [new Set(['model']), new Set(['messages', 'input', 'prompt'])];

/** Beside the model or the messages, the only places where such a member is sure to belong. */
function inCode(source: Source, context: FixContext, tokens: number): PlacedEdit | null {
  const spans = callSpans(source);
  if (context.provider?.dialect === 'gemini') return inGeminiConfig(source, spans, tokens);
  if (context.provider?.id === 'aws-bedrock') return null;
  for (const anchor of anchors) {
    for (const span of spans) {
      const [member] = membersIn(source, span, anchor);
      if (member === undefined) continue;
      const edit = insertMember(source, member, nameFor(context, source, member), String(tokens));
      return edit === null ? null : { edit, place: null };
    }
  }
  return null;
}

/** Libraries have names of their own; else it is what the API calls it. */
function nameFor(context: FixContext, source: Source, { holder }: Member): string {
  const callee = calleeOf(source, holder);
  if (/^(?:generate|stream)(?:Text|Object)$/.test(callee)) return 'maxOutputTokens';
  if (source.syntax === 'script' && /^Chat[A-Z]/.test(callee)) return 'maxTokens';
  return wireName(context);
}

/** The name of the function or class whose arguments a bracket holds. */
function calleeOf({ tokens, parent }: Source, holder: number): string {
  const opener =
    tokens[holder]?.text === '(' ? holder : tokens[holder - 1]?.text === '(' ? holder - 1 : (parent[holder] ?? -1);
  return tokens[opener - 1]?.kind === 'word' ? (tokens[opener - 1]?.text ?? '') : '';
}

/** https://platform.openai.com/docs/api-reference: reasoning models take `max_completion_tokens` only. */
function wireName({ finding, provider }: FixContext): string {
  if (/\/responses(?:\?|$)/.test(finding.path)) return 'max_output_tokens';
  const own = provider?.id === 'openai' || provider?.id === 'azure-openai';
  const model = finding.diagnosis.facts.model ?? '';
  return own && finding.path.includes('/chat/completions') && /^(?:gpt-5|o\d)/.test(model)
    ? 'max_completion_tokens'
    : 'max_tokens';
}

const configs = new Set(['config', 'generationConfig', 'generation_config']);

/**
 * Gemini takes it within an object: `generationConfig` in bodies and the older SDKs, `config` in `@google/genai` and
 * `google-genai`, which name the model in the same call. https://ai.google.dev/api/generate-content
 */
function inGeminiConfig(source: Source, spans: readonly Span[], tokens: number): PlacedEdit | null {
  const python = source.syntax === 'python';
  const sdk = python ? 'max_output_tokens' : 'maxOutputTokens';
  for (const span of spans) {
    const [config] = membersIn(source, span, configs);
    if (config === undefined) continue;
    const edit = config.value === null ? null : insertFirst(source, config.value, sdk, String(tokens));
    return edit === null ? null : { edit, place: null };
  }
  for (const span of spans) {
    const [contents] = membersIn(source, span, new Set(['contents']));
    if (contents === undefined) continue;
    const withModel = membersIn(source, span, new Set(['model'])).some(({ holder }) => holder === contents.holder);
    const quoted = source.tokens[contents.key]?.kind === 'string';
    const quote = source.syntax === 'json' || (quoted && !withModel) || python ? '"' : '';
    const name = withModel ? 'config' : 'generationConfig';
    const member = withModel ? sdk : 'maxOutputTokens';
    const edit = insertMember(source, contents, name, `{ ${quote}${member}${quote}: ${String(tokens)} }`);
    return edit === null ? null : { edit, place: null };
  }
  return null;
}

/** In files of requests and the settings of LiteLLM and promptfoo, whose names are known. */
function inSettings(context: FixContext, place: Place, tokens: number): PlacedEdit | null {
  const { setting, other } = place;
  const document = other ?? context.document;
  if (document === null || setting.beside === null) return null;
  if (context.provider?.dialect === 'gemini') return null;
  const { name, under } = setting;
  const format = formatOf(document.languageId);
  const isRequest = format === 'http' && under === null && namesFor.model.has(name);
  if (isRequest || (format === 'yaml' && name === 'model' && under === 'litellm_params')) {
    const edit = setting.beside(wireName(context), String(tokens));
    return edit === null ? null : { edit, place };
  }
  if (format !== 'yaml' || name !== 'id' || under !== 'providers') return null;
  const [holder] = setting.within;
  const config = (settingsOf(document) ?? []).findLast(
    (one) => one.under === 'config' && holder !== undefined && one.within[1] === holder,
  );
  const edit =
    config === undefined
      ? setting.beside('config', `{ ${wireName(context)}: ${String(tokens)} }`)
      : (config.beside?.(wireName(context), String(tokens)) ?? null);
  return edit === null ? null : { edit, place };
}
