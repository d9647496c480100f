import type { Provider } from '../shared/provider.ts';

type Families = Provider['cheaperModels'];

/** https://platform.openai.com/docs/pricing. Models for sound, pictures and research have no cheaper kin of one kind. */
export const openaiFamilies: Families = [
  { model: /^gpt-6-(?:astra|sol)/, instead: ['gpt-6-luna'] },
  { model: /^gpt-5\.6-(?:sol|terra)/, instead: ['gpt-5.6-luna'] },
  { model: /^gpt-5\.[345](?!.*(?:mini|nano|image))/, instead: ['gpt-5.4-mini', 'gpt-5.4-nano'] },
  { model: /^gpt-5\.4-mini/, instead: ['gpt-5.4-nano'] },
  { model: /^gpt-5(?:\.[12])?(?:-(?!.*(?:mini|nano|image))|$)/, instead: ['gpt-5-mini', 'gpt-5-nano'] },
  { model: /^gpt-5-mini/, instead: ['gpt-5-nano'] },
  { model: /^gpt-4\.1(?!-(?:mini|nano))/, instead: ['gpt-4.1-mini', 'gpt-4.1-nano'] },
  { model: /^gpt-4\.1-mini/, instead: ['gpt-4.1-nano'] },
  { model: /^(?:chatgpt-4o-latest|gpt-4o(?:-\d|$)|gpt-4(?:-|$))/, instead: ['gpt-4o-mini'] },
  { model: /^o[13](?!-mini|.*research)/, instead: ['o4-mini'] },
];

/** https://docs.claude.com/en/docs/about-claude/pricing */
export const anthropicFamilies: Families = [
  { model: /^claude.*(?:opus|fable)/, instead: ['claude-sonnet-5', 'claude-haiku-4-5'] },
  { model: /^claude.*sonnet/, instead: ['claude-haiku-4-5'] },
];

/** https://ai.google.dev/gemini-api/docs/pricing. Models for pictures, speech and live talk are left out. */
export const geminiFamilies: Families = [
  { model: /^gemini-2\.5-flash(?:-preview-\d|-\d|$)/, instead: ['gemini-2.5-flash-lite'] },
  { model: /^gemini-(?:1\.5|2\.5)-pro(?!.*tts)/, instead: ['gemini-2.5-flash-lite'] },
  { model: /^gemini-3(?:\.\d)?-pro(?!.*image)/, instead: ['gemini-3.5-flash-lite', 'gemini-3.1-flash-lite'] },
  { model: /^gemini-3\.[5-8]-flash(?!-lite)/, instead: ['gemini-3.5-flash-lite', 'gemini-3.1-flash-lite'] },
  { model: /^gemini-3-flash/, instead: ['gemini-3.1-flash-lite'] },
];

/** https://docs.x.ai/docs/models */
export const xaiFamilies: Families = [
  { model: /^grok-4(?!.*(?:fast|multi-agent))/, instead: ['grok-4-1-fast-reasoning', 'grok-4-1-fast-non-reasoning'] },
  { model: /^grok-3(?!-mini)/, instead: ['grok-3-mini'] },
];

/** https://mistral.ai/pricing */
export const mistralFamilies: Families = [
  { model: /^mistral-(?:large|medium)/, instead: ['mistral-small-latest'] },
  { model: /^pixtral-large/, instead: ['pixtral-12b'] },
];

/** https://api-docs.deepseek.com/quick_start/pricing */
export const deepseekFamilies: Families = [{ model: /^deepseek-v4-pro/, instead: ['deepseek-v4-flash'] }];

/** https://platform.moonshot.ai/docs/pricing/chat */
export const moonshotFamilies: Families = [
  { model: /^kimi-k3/, instead: ['kimi-k2.6', 'kimi-k2.5'] },
  { model: /^kimi-k2\.[67]/, instead: ['kimi-k2.5'] },
];

/** https://docs.z.ai/guides/overview/pricing, https://open.bigmodel.cn/pricing. The names of both stores agree. */
export const zhipuFamilies: Families = [{ model: /^glm-5\.[123](?!-flash)/i, instead: ['glm-5.3-flash'] }];

/** https://console.groq.com/docs/models */
export const groqFamilies: Families = [
  { model: /^llama-3\.3-70b/, instead: ['llama-3.1-8b-instant'] },
  { model: /^meta-llama\/llama-4-maverick/, instead: ['meta-llama/llama-4-scout-17b-16e-instruct'] },
  { model: /^openai\/gpt-oss-120b/, instead: ['openai/gpt-oss-20b'] },
];

/** https://docs.perplexity.ai/getting-started/pricing */
export const perplexityFamilies: Families = [{ model: /^sonar-(?:pro|reasoning-pro)/, instead: ['sonar'] }];

/** https://cohere.com/pricing */
export const cohereFamilies: Families = [
  { model: /^command-(?:a(?:-03|$)|r-plus)/, instead: ['command-r-08-2024', 'command-r7b-12-2024'] },
  { model: /^command-r(?:-0|$)/, instead: ['command-r7b-12-2024'] },
];

/** https://platform.minimax.io/docs/guides/pricing-paygo */
export const minimaxFamilies: Families = [{ model: /^MiniMax-M2\.7-highspeed/i, instead: ['MiniMax-M2.7'] }];

/** https://fireworks.ai/pricing */
export const fireworksFamilies: Families = [
  { model: /\/gpt-oss-120b$/, instead: ['accounts/fireworks/models/gpt-oss-20b'] },
  { model: /\/deepseek-v4-pro$/, instead: ['accounts/fireworks/models/deepseek-v4-flash'] },
  {
    model: /\/kimi-k3(?:-|$)/,
    instead: ['accounts/fireworks/models/kimi-k2p6', 'accounts/fireworks/models/kimi-k2p5'],
  },
];

/** https://www.together.ai/pricing */
export const togetherFamilies: Families = [
  {
    model: /^meta-llama\/Meta-Llama-3\.1-(?:70|405)B-Instruct-Turbo/,
    instead: ['meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo'],
  },
];

/** https://aws.amazon.com/bedrock/pricing. Profiles of regions have names of their own, so these are left out. */
export const bedrockFamilies: Families = [
  { model: /^amazon\.nova-(?:pro|premier)/, instead: ['amazon.nova-lite-v1:0', 'amazon.nova-micro-v1:0'] },
  { model: /^amazon\.nova-lite/, instead: ['amazon.nova-micro-v1:0'] },
];

/** https://openrouter.ai/models: the vendors' models under names of its own, and some for nothing. */
export const openrouterFamilies: Families = [
  ...resold(
    'openai',
    openaiFamilies.filter(({ model }) => !model.test('o1')),
  ),
  { model: /^openai\/gpt-oss-120b(?!:)/, instead: ['openai/gpt-oss-120b:free', 'openai/gpt-oss-20b'] },
  { model: /^anthropic\/claude.*(?:opus|fable)/, instead: ['anthropic/claude-sonnet-5', 'anthropic/claude-haiku-4.5'] },
  { model: /^anthropic\/claude.*sonnet/, instead: ['anthropic/claude-haiku-4.5'] },
  { model: /^google\/gemini-2\.5-(?:pro|flash(?:-preview|$))/, instead: ['google/gemini-2.5-flash-lite'] },
  { model: /^google\/gemini-3.*(?:pro-preview|flash)(?!.*(?:lite|image))/, instead: ['google/gemini-3.1-flash-lite'] },
  { model: /^x-ai\/grok-4(?!.*(?:fast|multi-agent))/, instead: ['x-ai/grok-4-fast'] },
  { model: /^deepseek\/deepseek-v4-pro/, instead: ['deepseek/deepseek-v4-flash'] },
  { model: /^moonshotai\/kimi-k3/, instead: ['moonshotai/kimi-k2.6', 'moonshotai/kimi-k2.5'] },
  { model: /^z-ai\/glm-5\.[123](?!-flash)/, instead: ['z-ai/glm-5.3-flash'] },
  { model: /^meta-llama\/llama-3\.[13]-(?:70|405)b-instruct(?!:)/, instead: ['meta-llama/llama-3.1-8b-instruct'] },
];

function resold(vendor: string, families: Families): Families {
  return families.map(({ model, instead }) => ({
    model: new RegExp(`^${vendor}/(?:${model.source.replace('^', '')})`),
    instead: instead.map((name) => `${vendor}/${name}`),
  }));
}
