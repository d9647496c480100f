import { providerById } from '../providers/index.ts';
import { fallbackCauses } from '../shared/recourse.ts';
import type { Fix, FixContext, OtherSource, Remedy, SourceEdit } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { declaredApis, type DeclaredApi } from './source/declared.ts';
import { memberEdits } from './source/memberEdits.ts';

/** What a fallback holds. */
export type FallbackEntry =
  { readonly credential: string } | { readonly api: string; readonly model?: string | undefined };

const mostOffered = 4;

/** Goes on with another API that is declared and speaks the same dialect, or with a second key. */
export const fallBack: Fix = (context) => {
  const api = declaredIn(context);
  const { finding, catalogue } = context;
  if (api === null || catalogue == null || !fallbackCauses.includes(finding.diagnosis.cause)) return [];
  const declared = [catalogue.text, ...(catalogue.others ?? [])].flatMap((one) => declaredApis(one));
  const others = fallbackApis(declared, api.name).slice(0, mostOffered);
  const elsewhere = others.flatMap((other): readonly Remedy[] => {
    const id = `fallBack.${other.name}`;
    const model = fallbackModel(api, other, finding.diagnosis.facts.model ?? null);
    if (model === null)
      return [
        {
          ...{ kind: 'run', id, title: text('Fall back to {0}…', other.title), command: 'tollgate.addFallback' },
          args: [api.name, { api: other.name }],
        },
      ];
    const edits = fallbackEdits(catalogue.text, api, {
      api: other.name,
      ...(model === '' ? {} : { model }),
    });
    const title =
      model === '' ? text('Fall back to {0}', other.title) : text('Fall back to {0} ({1})', other.title, model);
    return [{ kind: 'edit', id, title, edits, other: inCatalogue(catalogue), save: true }];
  });
  return [
    ...elsewhere,
    {
      ...{ kind: 'run', id: 'secondCredential', command: 'tollgate.addFallback' },
      title:
        finding.diagnosis.cause === 'token_expired_or_invalid'
          ? text('Use a second credential when this one has ended…')
          : text('Use a second credential when this one is out of money…'),
      args: [api.name, { credential: null }],
    },
  ];
};

/** The API of a finding as the catalogue declares it; null where it does not, or the answer came by a fallback already. */
export function declaredIn({ finding, catalogue }: FixContext): DeclaredApi | null {
  if (catalogue == null || finding.api === null || finding.diagnosis.relief !== undefined) return null;
  return declaredApis(catalogue.text).find(({ name }) => name === finding.api) ?? null;
}

/** The catalogue as something to edit. */
export function inCatalogue({
  file,
  label,
  languageId,
  text: source,
}: NonNullable<FixContext['catalogue']>): OtherSource {
  return { ...{ file, label, languageId, text: source }, purpose: 'baseUrl', path: [], sure: true };
}

/** The APIs that one may fall back to: of the same dialect, and not among its fallbacks yet. */
export function fallbackApis(apis: readonly DeclaredApi[], name: string): readonly DeclaredApi[] {
  const api = apis.find((one) => one.name === name);
  const dialect = dialectOf(api);
  if (api === undefined || dialect === null) return [];
  return apis.filter((one) => one.name !== name && !api.fallback.includes(one.name) && dialectOf(one) === dialect);
}

/** The edits that append an entry to an API's fallbacks. */
export function fallbackEdits(source: string, api: DeclaredApi, entry: FallbackEntry): readonly SourceEdit[] {
  const path = ['apis', api.name, 'fallback'];
  return api.hasFallback ? memberEdits(source, [...path, -1], entry) : memberEdits(source, path, [entry]);
}

/** A model to ask for at another API: empty where the same name will do, null where a person has to say. */
export function fallbackModel(from: DeclaredApi, to: DeclaredApi, model: string | null): string | null {
  if (from.provider === to.provider) return '';
  // Resellers name models by their makers: "openai/gpt-5".
  if (model !== null && to.provider === 'openrouter' && from.provider !== null && !model.includes('/'))
    return `${from.provider}/${model}`;
  if (model?.startsWith(`${to.provider ?? ''}/`) === true) return model.slice(model.indexOf('/') + 1);
  return providerById(to.provider ?? '')?.cheaperModels[0]?.instead[0] ?? null;
}

/** What cannot be told, or is no dialect of models, has no common language. */
function dialectOf(api: DeclaredApi | undefined): string | null {
  const dialect = providerById(api?.provider ?? '')?.dialect;
  return dialect === undefined || dialect === 'other' || dialect === 'stripe' ? null : dialect;
}
