import type { SourceEdit } from '../shared/remedy.ts';
import { jsonSettings } from './source/jsonSettings.ts';

/** Lets an API of `tollgate.jsonc` go to another host; null where it goes to a third one already. */
export function catalogueUpstream(text: string, api: string, from: string, to: string): SourceEdit | null {
  const ofApi = jsonSettings(text, 0, text.length, []).filter(({ under }) => under === api);
  const upstream = ofApi.find(({ name }) => name === 'upstream');
  if (upstream !== undefined) {
    if (!URL.canParse(upstream.value) || new URL(upstream.value).hostname !== from) return null;
    return upstream.replace(upstream.value.replace(from, to));
  }
  return ofApi.find(({ name }) => name === 'provider')?.beside?.('upstream', `"https://${to}"`) ?? null;
}
