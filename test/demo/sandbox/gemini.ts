import { speech, type Answer, type Vendor } from './answer.ts';
import { answerTokens } from './chat.ts';

/** The free tier's daily quota of the large models is used up; the small ones answer. */
export const gemini: Vendor = (call) => {
  const model = /\/models\/([^:/]+)/.exec(call.path)?.[1] ?? '';
  if (model.includes('pro')) return quotaExceeded(model);
  const usageMetadata = {
    promptTokenCount: 14,
    candidatesTokenCount: answerTokens,
    totalTokenCount: 14 + answerTokens,
  };
  const chunk = (text: string, finishReason?: string): object => ({
    candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...(finishReason && { finishReason }) }],
    usageMetadata,
    modelVersion: model,
  });
  return call.path.includes(':streamGenerateContent')
    ? {
        status: 200,
        events: speech.map((text, index) => ({ data: chunk(text, index === speech.length - 1 ? 'STOP' : undefined) })),
      }
    : { status: 200, body: chunk(speech.join(''), 'STOP') };
};

function quotaExceeded(model: string): Answer {
  const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
  const violation = {
    quotaMetric: metric,
    quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
    quotaDimensions: { location: 'global', model },
    quotaValue: '50',
  };
  const message =
    'You exceeded your current quota, please check your plan and billing details.\n' +
    `* Quota exceeded for metric: ${metric}, limit: 50, model: ${model}`;
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [violation] },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' },
  ];
  return { status: 429, body: { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details } } };
}
