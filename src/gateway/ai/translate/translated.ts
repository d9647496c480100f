import { Untranslatable, type Translation, type TranslationJob } from '../translation.ts';
import type { Asked } from './asked.ts';
import { askedIn, streamWriter, writtenWhole } from './formats.ts';
import { withFiles } from './downloads.ts';
import { embedded } from './embedded.ts';
import { remember } from './remember.ts';
import type { CallOptions, LanguageModel, SpokenPart, Warning } from './sdk.ts';
import type { StreamWriter } from './streamWriter.ts';
import { targetModel } from './targetModel.ts';
import { targetOptions } from './targetOptions.ts';
import { watched } from './watched.ts';

/**
 * Translates one call: the request into the target's dialect by the AI SDK's package for it, the answer into the
 * caller's format.
 */
export async function translated(job: TranslationJob): Promise<Translation> {
  try {
    return job.format === 'embeddings' ? await embedded(job) : await conversed(job);
  } catch (error) {
    const unsupported =
      error instanceof Error && /UnsupportedFunctionality|InvalidPrompt|InvalidArgument/.test(error.name);
    if (!(error instanceof Untranslatable) && !unsupported) throw error;
    return { kind: 'refused', message: error.message, param: error instanceof Untranslatable ? error.param : null };
  }
}

async function conversed(job: TranslationJob): Promise<Translation> {
  const asked = askedIn(job);
  const made = targetOptions(asked, job);
  const model = targetModel(job);
  const options: CallOptions = {
    ...made.options,
    prompt: await withFiles(made.options.prompt, model, job.download, job.signal),
  };
  if (job.strict) {
    const wrong = [...made.ignored, ...names(await warningsOf(job, options))];
    if (wrong.length > 0) return refused(wrong);
  }
  if (asked.stream) return streamed(job, asked, model, options, made.ignored);
  const whole = await model.doGenerate(options);
  remember(whole.content, job.turns);
  return { kind: 'whole', body: writtenWhole(job, asked, whole), ignored: [...made.ignored, ...names(whole.warnings)] };
}

async function streamed(
  job: TranslationJob,
  asked: Asked,
  model: LanguageModel,
  options: CallOptions,
  ignored: readonly string[],
): Promise<Translation> {
  const { stream } = await model.doStream(options);
  const { warnings, parts } = await watched(stream, job.turns);
  return { kind: 'stream', events: told(streamWriter(job, asked), parts), ignored: [...ignored, ...names(warnings)] };
}

async function* told(writer: StreamWriter, parts: AsyncIterable<SpokenPart>): AsyncGenerator<string> {
  const first = writer.begin();
  if (first !== '') yield first;
  for await (const part of parts) {
    const text = writer.write(part);
    if (text !== '') yield text;
  }
  const last = writer.end();
  if (last !== '') yield last;
}

/** What a package would leave out, found without calling: it warns at the beginning of a stream, before it reads any. */
async function warningsOf(job: TranslationJob, options: CallOptions): Promise<readonly Warning[]> {
  const silent = (): Promise<Response> =>
    Promise.resolve(new Response('', { headers: { 'Content-Type': 'text/event-stream' } }));
  const { stream } = await targetModel({ ...job, fetch: silent }).doStream(options);
  for await (const part of stream) if (part.type === 'stream-start') return part.warnings;
  return [];
}

function refused(fields: readonly string[]): Translation {
  const list = [...new Set(fields)].join(', ');
  return { kind: 'refused', message: `This model’s vendor cannot honour: ${list}.`, param: fields[0] ?? null };
}

/** Packages name settings as they call them. */
function names(warnings: readonly Warning[]): readonly string[] {
  return warnings.flatMap((one) => ('feature' in one ? [aliases[one.feature] ?? snake(one.feature)] : []));
}

const aliases: Readonly<Record<string, string>> = { stopSequences: 'stop', maxOutputTokens: 'max_tokens' };

function snake(name: string): string {
  return /^[a-z]+(?:[A-Z][a-z]*)*$/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}
