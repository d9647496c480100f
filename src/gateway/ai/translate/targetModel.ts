import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createCohere } from '@ai-sdk/cohere';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { TranslationJob } from '../translation.ts';
import type { LanguageModel } from './sdk.ts';
import { isOpenai } from './targetOptions.ts';

/** Stands where a package wants a key; the gateway puts the real one in. */
const apiKey = 'tollgate';

type Place = Pick<TranslationJob, 'target' | 'fetch'>;

/** The package that speaks the target's dialect, for one model. */
export function targetModel({ target, fetch }: Place): LanguageModel {
  const { url: baseURL, model } = target;
  switch (target.dialect) {
    case 'anthropic':
      return createAnthropic({ apiKey, baseURL, fetch })(model);
    case 'gemini':
      return createGoogleGenerativeAI({ apiKey, baseURL, fetch })(model);
    case 'mistral':
      return createMistral({ apiKey, baseURL, fetch })(model);
    case 'cohere':
      return createCohere({ apiKey, baseURL, fetch })(model);
    case 'bedrock':
      return createAmazonBedrock({ apiKey, region: 'us-east-1', baseURL, fetch })(model);
    case 'responses':
      return createOpenAI({ apiKey, baseURL, fetch }).responses(model);
    case 'openai':
      if (isOpenai(target.provider)) return createOpenAI({ apiKey, baseURL, fetch }).chat(model);
      return createOpenAICompatible({
        ...{ apiKey, baseURL, fetch, name: 'compatible' },
        ...{ includeUsage: true, supportsStructuredOutputs: true },
      })(model);
  }
}

/** The package's embeddings for one model; null where it has none. */
export function embeddingModel({ target, fetch }: Place): EmbeddingModel | null {
  const { url: baseURL, model } = target;
  switch (target.dialect) {
    case 'gemini':
      return createGoogleGenerativeAI({ apiKey, baseURL, fetch }).embeddingModel(model);
    case 'cohere':
      return createCohere({ apiKey, baseURL, fetch }).embeddingModel(model);
    case 'bedrock':
      return createAmazonBedrock({ apiKey, region: 'us-east-1', baseURL, fetch }).embeddingModel(model);
    case 'anthropic':
    case 'mistral':
    case 'openai':
    case 'responses':
      return null;
  }
}

export type EmbeddingModel = ReturnType<ReturnType<typeof createCohere>['embeddingModel']>;
