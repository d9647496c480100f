import type { TokenKinds, Usage } from '../../shared/exchange.ts';

type Json = Readonly<Record<string, unknown>>;
type Kinds = Pick<Usage, 'kinds'>;

/**
 * Tokens of particular kinds, as OpenAI counts them (platform.openai.com/docs/api-reference: chat, images, audio) and
 * Anthropic (docs.anthropic.com/en/docs/build-with-claude/prompt-caching#1-hour-cache-duration).
 */
export function commonKinds(json: Json): Kinds {
  const input = part(json, 'prompt_tokens_details', 'input_tokens_details', 'input_token_details');
  const output = part(json, 'completion_tokens_details', 'output_tokens_details', 'output_token_details');
  const cached = part(input, 'cached_tokens_details');
  const { service_tier: tier } = json;
  return found({
    inputAudio: input.audio_tokens,
    inputImage: input.image_tokens,
    outputAudio: output.audio_tokens,
    outputImage: output.image_tokens,
    cacheReadAudio: cached.audio_tokens,
    cacheWriteHour: part(json, 'cache_creation').ephemeral_1h_input_tokens,
    audioSeconds: json.type === 'duration' ? json.seconds : undefined,
    tier: tier === 'batch' || tier === 'flex' ? tier : undefined,
  });
}

/** As Gemini counts them, by modality (ai.google.dev/api/generate-content#UsageMetadata). */
export function geminiKinds(json: Json): Kinds {
  const counted = (name: string, modality: string): number =>
    (Array.isArray(json[name]) ? (json[name] as readonly Json[]) : [])
      .filter((one) => one.modality === modality && typeof one.tokenCount === 'number')
      .reduce((sum, one) => sum + Number(one.tokenCount), 0);
  return found({
    inputAudio: counted('promptTokensDetails', 'AUDIO'),
    inputImage: counted('promptTokensDetails', 'IMAGE'),
    outputAudio: counted('candidatesTokensDetails', 'AUDIO'),
    outputImage: counted('candidatesTokensDetails', 'IMAGE'),
    cacheReadAudio: counted('cacheTokensDetails', 'AUDIO'),
  });
}

function part(json: Json, ...names: readonly string[]): Json {
  for (const name of names) {
    const value = json[name];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  }
  return {};
}

/** Without what is nought or no number; nothing at all for a call of text alone. */
function found(kinds: Partial<Readonly<Record<keyof TokenKinds, unknown>>>): Kinds {
  const some = Object.entries(kinds).filter(
    ([, value]) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value) && value > 0),
  );
  return some.length === 0 ? {} : { kinds: Object.fromEntries(some) };
}
