import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';

interface Door {
  readonly provider: string;
  readonly path?: RegExp;
  readonly status?: number;
  readonly says: RegExp;
  readonly cause: Cause;
  readonly alternatives: readonly Cause[];
}

/** Where the vendor's host and path tell apart what its sentence does not. */
const doors: readonly Door[] = [
  // An object of the other mode, or a restricted key without the scope that the sentence names.
  {
    provider: 'stripe',
    says: /a similar object exists in (?:live|test) mode|does not have the required permissions for this endpoint/,
    cause: 'configuration_error',
    alternatives: ['token_expired_or_invalid'],
  },
  // A token of the Grok client is good for cli-chat-proxy.grok.com only; at api.x.ai it reads as "no credits".
  {
    provider: 'xai',
    says: /grok subscription/,
    cause: 'configuration_error',
    alternatives: ['insufficient_funds', 'subscription_inactive_or_missing'],
  },
  // 1008 on the path of coding tools: a plan's key at the endpoint that bills by use, or no such plan.
  {
    provider: 'minimax',
    path: /^\/anthropic\//,
    says: /\(1008\)/,
    cause: 'configuration_error',
    alternatives: ['insufficient_funds', 'subscription_inactive_or_missing'],
  },
  // A scoped package is private unless it is published with `--access public`; few who read this mean it to be.
  {
    provider: 'npm',
    says: /must sign up for private packages/,
    cause: 'configuration_error',
    alternatives: ['subscription_inactive_or_missing', 'plan_upgrade_required'],
  },
  // Under 404: the account's own privacy settings leave no provider over.
  {
    provider: 'openrouter',
    says: /no endpoints (?:found|available)[^.]{0,40}(?:data policy|guardrail|privacy)/,
    cause: 'configuration_error',
    alternatives: ['region_or_policy'],
  },
  // https://docs.claude.com/en/api/versioning
  {
    provider: 'anthropic',
    status: 400,
    says: /anthropic-version.* (?:is required|missing)|anthropic-version.*not a valid version/,
    cause: 'configuration_error',
    alternatives: [],
  },
  // A preview of the API that was withdrawn, or no version at all.
  {
    provider: 'azure-openai',
    path: /\/openai\//,
    says: /api[- ]version[^.]{0,60}\b(?:not supported|unsupported|invalid|missing|required|not found|not valid)\b|\b(?:not supported|unsupported|invalid|missing|unknown)\b[^.]{0,40}api[- ]version/,
    cause: 'configuration_error',
    alternatives: [],
  },
  // Under 401 a lapsed subscription, under 403 an administrator who does not allow it.
  {
    provider: 'anthropic',
    status: 401,
    says: /oauth authentication is currently not allowed/,
    cause: 'subscription_expired',
    alternatives: ['token_expired_or_invalid', 'configuration_error'],
  },
  {
    provider: 'anthropic',
    status: 403,
    says: /oauth authentication is currently not allowed/,
    cause: 'region_or_policy',
    alternatives: ['subscription_expired', 'configuration_error'],
  },
  // An agreement, not a permission of IAM.
  {
    provider: 'aws-bedrock',
    says: /don't have access to the model|use case details have not been submitted|not authorized to invoke this api/,
    cause: 'configuration_error',
    alternatives: ['subscription_inactive_or_missing'],
  },
  // All that new and restricted accounts are told.
  {
    provider: 'aws-bedrock',
    says: /^operation not allowed\W*$/,
    cause: 'account_suspended',
    alternatives: ['configuration_error', 'region_or_policy'],
  },
  // Groq turns away networks of hosts and VPNs.
  {
    provider: 'groq',
    status: 403,
    says: /check your network settings/,
    cause: 'region_or_policy',
    alternatives: ['configuration_error'],
  },
  // A token without the right to call Inference Providers.
  {
    provider: 'huggingface',
    status: 403,
    says: /does not have sufficient permissions/,
    cause: 'configuration_error',
    alternatives: ['token_expired_or_invalid'],
  },
];

/** The right key at the wrong door: known traps in which the sentence misleads. */
export const wrongDoor: Rule = {
  name: 'wrongDoor',
  look(view) {
    const id = view.provider?.id;
    if (id === undefined) return null;
    for (const { provider, path, status, says, cause, alternatives } of doors) {
      if (provider !== id || (status !== undefined && status !== view.status)) continue;
      if (path !== undefined && !path.test(view.subject.request.path ?? '')) continue;
      const sentence = view.sentences.find(({ words }) => says.test(words));
      if (sentence === undefined) continue;
      const evidence = [{ source: 'body', path: sentence.path, quote: sentence.original.slice(0, 200) }] as const;
      return { cause, confidence: 0.7, evidence, alternatives };
    }
    return null;
  },
};
