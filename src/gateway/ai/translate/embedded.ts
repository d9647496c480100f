import { Untranslatable, type Translation, type TranslationJob } from '../translation.ts';
import { Fields } from './fields.ts';
import { embeddingModel } from './targetModel.ts';

/** Embeds in OpenAI's format (platform.openai.com/docs/api-reference/embeddings) with a vendor of another. */
export async function embedded(job: TranslationJob): Promise<Translation> {
  const model = embeddingModel(job);
  if (model === null) throw new Untranslatable('This provider has no embeddings.', 'model');
  const fields = new Fields(job.body);
  fields.any('model');
  const values = [fields.any('input') ?? []].flat();
  if (!values.every((one): one is string => typeof one === 'string'))
    throw new Untranslatable('This provider embeds texts only, not tokens.', 'input');
  const coded = fields.string('encoding_format') === 'base64';
  const dimensions = fields.number('dimensions');
  const providerOptions =
    dimensions === undefined
      ? {}
      : {
          google: { outputDimensionality: dimensions },
          cohere: { outputDimension: dimensions },
          bedrock: { dimensions },
        };
  const ignored = fields.ignored();
  if (job.strict && ignored.length > 0)
    throw new Untranslatable(`This model’s vendor cannot honour: ${ignored.join(', ')}.`, ignored[0]);
  const { embeddings, usage } = await model.doEmbed({ values, providerOptions, abortSignal: job.signal });
  const data = embeddings.map((one, index) => ({ object: 'embedding', index, embedding: coded ? toBase64(one) : one }));
  const tokens = usage?.tokens ?? 0;
  const body = { object: 'list', data, model: job.name, usage: { prompt_tokens: tokens, total_tokens: tokens } };
  return { kind: 'whole', body, ignored };
}

/** Floats of 32 bits, as OpenAI's SDKs ask for by default. */
function toBase64(numbers: readonly number[]): string {
  return Buffer.from(new Float32Array(numbers).buffer).toString('base64');
}
