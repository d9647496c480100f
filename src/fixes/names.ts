import type { Purpose } from '../shared/remedy.ts';

/** The names under which SDKs, frameworks and request bodies take those values. */
export const namesFor: Readonly<Record<Purpose, ReadonlySet<string>>> = {
  model: new Set(['model', 'model_name', 'modelName', 'modelId', 'model_id', 'model_id_or_path']),
  maxTokens: new Set([
    'max_tokens',
    'maxTokens',
    'max_completion_tokens',
    'maxCompletionTokens',
    'max_output_tokens',
    'maxOutputTokens',
    'max_tokens_to_sample',
    'maxTokensToSample',
    'max_new_tokens',
    'maxNewTokens',
    'num_predict',
  ]),
  baseUrl: new Set([
    'baseURL',
    'baseUrl',
    'base_url',
    'basePath',
    'api_base',
    'apiBase',
    'apiBaseUrl',
    'openai_api_base',
    'endpoint',
    'azure_endpoint',
    'apiHost',
  ]),
};

/** How variables of the environment are named that hold those values, as far as names tell. */
export const variablesFor: Readonly<Record<Purpose, RegExp>> = {
  model: /(?:^|_)MODEL(?:_NAME|_ID)?$/i,
  maxTokens: /(?:^|_)MAX_(?:COMPLETION_|OUTPUT_|NEW_)?TOKENS$/i,
  baseUrl: /(?:^|_)(?:BASE_URL|API_BASE|BASE_PATH|ENDPOINT|API_HOST|API_URL)$/i,
};

export const purposes: readonly Purpose[] = ['model', 'maxTokens', 'baseUrl'];
