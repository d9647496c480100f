import type { Cause } from '../shared/finding.ts';
import type { Fix, Remedy } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { modelPlaces } from './modelPlaces.ts';
import { inFile, put, valueOf } from './places.ts';

/** Causes against which another model helps. */
export const helped: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'spend_limit_or_budget_reached',
  'usage_quota_exceeded',
  'plan_upgrade_required',
  'rate_limit',
]);

/** Swaps the model for a cheaper one of its family. */
export const replaceModel: Fix = (context) => {
  const { finding, provider } = context;
  const { cause, facts } = finding.diagnosis;
  if (provider === null || !helped.has(cause)) return [];
  const offered: Remedy[] = [];
  for (const place of modelPlaces(context)) {
    const written = valueOf(place);
    const sent = facts.model ?? written;
    const family = provider.cheaperModels.find(({ model }) => model.test(sent));
    for (const model of family?.instead ?? []) {
      if (model === sent) continue;
      const index = offered.length;
      offered.push({
        kind: 'edit',
        id: index === 0 ? 'replaceModel' : `replaceModel.${String(index)}`,
        title:
          place.other === null
            ? text('Use the cheaper model {0}', model)
            : text('Use the cheaper model {0}, in {1}', model, place.other.label),
        edits: [put(place, written.slice(0, written.length - sent.length) + model)],
        ...inFile(place),
      });
    }
  }
  return offered;
};
