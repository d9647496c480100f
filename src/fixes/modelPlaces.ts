import type { FixContext } from '../shared/remedy.ts';
import { namesFor } from './names.ts';
import { placesOf, valueOf, type Place } from './places.ts';
import { literalSetting } from './source/codeSettings.ts';
import { unquoted } from './source/members.ts';
import { settingsOf } from './source/settingsOf.ts';
import { sourceOf } from './source/source.ts';

/** Files with one model each that may be the one; more would be a guess. */
const mostPlaces = 2;

/** Where the model is written that was called. What is written otherwise is not what was refused. */
export function modelPlaces(context: FixContext): readonly Place[] {
  const { model } = context.finding.diagnosis.facts;
  const fitting = placesOf(context, 'model').filter((place) => namesModel(valueOf(place), model));
  const [first] = fitting;
  if (first === undefined) {
    const literal = model === undefined ? null : nearestLiteral(context, model);
    return literal === null ? [] : [literal];
  }
  if (first.how !== 'searched') return [first];
  const searched = fitting.filter(({ how }) => how === 'searched');
  return searched.length <= mostPlaces ? searched : [];
}

/** Whether a text names the model, bare or behind a vendor as in `openai/gpt-4o` and `openai:chat:gpt-4o`. */
export function namesModel(written: string, model: string | undefined): boolean {
  if (written === '') return false;
  return model === undefined || written === model || written.endsWith(`/${model}`) || written.endsWith(`:${model}`);
}

/** The string of the source that is the model's name and stands nearest to the call. */
function nearestLiteral({ document }: FixContext, model: string): Place | null {
  const source = document === null ? null : sourceOf(document);
  const [nearest] = (source?.tokens ?? [])
    .filter((token) => token.kind === 'string' && namesModel(unquoted(token.text) ?? '', model))
    .sort((a, b) => Math.abs(a.line - (source?.line ?? 0)) - Math.abs(b.line - (source?.line ?? 0)));
  if (source === null || nearest === undefined) return null;
  return { setting: literalSetting(source, 'model', nearest, null), other: null, how: 'named' };
}

/** Whether a setting found by search stands with the model that was called. */
export function besideModel({ finding }: FixContext, { other, setting }: Place): boolean {
  const { model } = finding.diagnosis.facts;
  if (other === null || model === undefined) return false;
  return (settingsOf(other) ?? []).some(
    ({ name, value, means, within: [holder] }) =>
      (namesFor.model.has(name) || name === 'id' || other.languageId === 'dotenv') &&
      namesModel((means ?? { value }).value, model) &&
      holder !== undefined &&
      setting.within.includes(holder),
  );
}
