import type { Cause, Evidence } from '../shared/finding.ts';
import type { Rule } from './rule.ts';

/**
 * Google's `google.rpc.QuotaFailure`: the period stands in `quotaId` (PerDay, PerMinute), and a limit of 0 means that the
 * plan has no access, whatever the sentence about retrying says. https://ai.google.dev/gemini-api/docs/rate-limits
 */
export const googleQuota: Rule = {
  name: 'googleQuota',
  look(view) {
    const quota = view.field('quotaid');
    const said = view.sentences.find(({ words }) => words.includes('quota exceeded for') && words.includes('metric'));
    if (quota === undefined && said === undefined) return null;
    const words = `${String(quota?.value ?? '')} ${said?.original ?? ''}`;
    const evidence: Evidence[] = [
      quota === undefined
        ? { source: 'body', path: said?.path ?? '', quote: (said?.original ?? '').slice(-200) }
        : { source: 'body', path: quota.pointer, quote: String(quota.value) },
    ];
    const of = (cause: Cause, confidence: number, alternatives: readonly Cause[], retryHelps: boolean) => ({
      cause,
      confidence,
      evidence,
      alternatives,
      retryHelps,
    });
    const limit = view.field('quotavalue')?.value;
    if (/limit: 0\b/.test(words) || limit === 0 || limit === '0')
      return of('plan_upgrade_required', 0.93, ['usage_quota_exceeded'], false);
    if (/PerDay|per ?day|per month|PerMonth/i.test(words))
      return of('usage_quota_exceeded', 0.95, ['rate_limit'], true);
    if (/PerMinute|PerSecond|per ?minute|paid_tier|per second/i.test(words))
      return of('rate_limit', 0.93, ['usage_quota_exceeded', 'configuration_error'], true);
    return of('usage_quota_exceeded', 0.6, ['rate_limit'], true);
  },
};
