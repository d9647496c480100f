import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import { headerValue, type Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { Passages } from '../ai/aiDesk.ts';
import { gatewayError } from '../ai/gatewayError.ts';
import { takeWhole } from '../ai/takeWhole.ts';
import type { FailureDetail } from '../answerFailure.ts';
import type { Inbound, Reply } from '../engine.ts';
import { answerPrompt } from './answerPrompt.ts';
import { sayAnswer, sayStream } from './sayAnswer.ts';
import { isServed, toListed } from './listPrompts.ts';
import type { Prompts, PromptParts } from './openPrompts.ts';
import { answerJson, problemReply } from './problems.ts';
import { promptsOpenApi, requestSchema } from './promptOpenApi.ts';
import { broken, hintOf, missing, tooLong, unpublished, wrongMethod } from './promptRefusals.ts';
import type { PromptShelf, Shelved } from './promptShelf.ts';
import type { PromptText } from './promptText.ts';
import { readRevision } from './revisions.ts';
import { takeVariables } from './takeVariables.ts';
import { readInside } from './workspaceFiles.ts';

const longestImage = 20 * 1024 * 1024;
/** Names the version that a request wants, as `?version=` does, and the one that answered. */
export const versionField = 'x-tollgate-prompt-version';

/** Serves `GET /prompts`, `/prompts/openapi.json`, `/prompts/<name>`, and `POST /prompts/<name>`. */
export function createPromptServer(parts: PromptParts, shelf: PromptShelf | null): Prompts['handle'] {
  const served = async (): Promise<readonly (Shelved & { readonly prompt: PromptText })[]> =>
    ((await shelf?.all()) ?? [])
      .filter((one) => isServed(one))
      .flatMap((one) => (one.prompt === null ? [] : [{ ...one, prompt: one.prompt }]));

  const describe = (one: Shelved & { readonly prompt: PromptText }): object => {
    const { name, description, model, url } = toListed(one, shelf?.root ?? '', parts.url());
    const answer = one.prompt.front.output ?? null;
    return { name, description, model, url, version: one.content, request: requestSchema(one.prompt), answer };
  };

  /** The prompt in the version that is wanted, or why it cannot be had. */
  const find = async (
    name: string,
    version: string | null,
  ): Promise<Shelved | (Failure & { readonly detail?: FailureDetail })> => {
    const found = (await shelf?.byName(name)) ?? null;
    if (found === null || shelf === null)
      return missing(
        name,
        (await served()).map((one) => one.name),
      );
    if (found.prompt !== null && found.prompt.front.publish !== true) return unpublished(found, shelf.root);
    if (!isServed(found)) return broken(found, shelf.root);
    if (version === null) return found;
    try {
      const then = shelf.read(await readRevision(shelf.root, found.file, version), found.file);
      if (then.prompt === null) return broken(then, shelf.root);
      return { ...then, content: version };
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      const hint = plain(
        text(
          'Name a commit, tag or branch in which the file is: "git log -- {0}" lists them.',
          path.relative(shelf.root, found.file),
        ),
      );
      return { code: 'unknown_version', message: error.message, hint };
    }
  };

  const serve = async (asked: Asked): Promise<void> => {
    const { inbound, reply, body, name, query, passages } = asked;
    const again: Inbound = { ...inbound, takeBody: taken(body), operation: `POST /prompts/${name}` };
    const refuse = (failure: Failure, detail: FailureDetail = {}): void =>
      void passages.refuse(again, problemReply(reply, { prompt: name }), null, failure, detail);
    const version = query.get('version') ?? headerValue(inbound.headers, versionField) ?? null;
    const found = await find(name, version);
    if ('code' in found) {
      refuse(found, found.detail);
      return;
    }
    const { prompt, file } = found;
    if (prompt === null || shelf === null) return;
    const given = JSON.parse(body.byteLength === 0 ? '{}' : body.toString('utf8')) as unknown;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      refuse({
        code: 'bad_request',
        message: plain(text('The body has to be a JSON object of variables.')),
        hint: hintOf(prompt),
      });
      return;
    }
    const { values, problems } = takeVariables(prompt, given as Readonly<Record<string, unknown>>);
    if (problems.length > 0) {
      const message = problems.map((one) => one.message).join(' ');
      refuse({ code: 'bad_request', message, hint: hintOf(prompt) }, { members: { errors: problems } });
      return;
    }
    const stream = wantsStream(given, inbound);
    const gone = new AbortController();
    reply.onGone(() => gone.abort());
    const key = query.get('key');
    const said = stream ? sayStream(reply, found) : sayAnswer(reply, found);
    const answer = await answerPrompt(
      {
        ...{ ai: parts.ai, passages, inbound: again, signal: gone.signal, onText: said.text },
        query: key === null ? '' : `?key=${encodeURIComponent(key)}`,
        onDrain: (listener) => reply.onDrain(listener),
      },
      {
        ...{ prompt, values, stream, model: null },
        readImage: imagesOf(shelf.root, file, version),
      },
      said.repair,
    );
    said.end(answer);
  };

  const guarded = (asked: Asked): void => {
    serve(asked).catch((error: unknown) => {
      const { inbound, reply, body, passages, name } = asked;
      const failure: Failure =
        error instanceof ChannelError
          ? { code: 'bad_request', message: error.message, hint: plain(text('Mend the prompt’s file.')) }
          : gatewayError(error);
      passages.refuse({ ...inbound, takeBody: taken(body) }, problemReply(reply, { prompt: name }), null, failure);
    });
  };

  return (inbound, reply, rest, passages) => {
    const url = new URL(`http://prompts/${rest.replace(/^\/+/, '')}`);
    const name = decoded(url.pathname.slice(1));
    const own = problemReply(reply, {});
    if (inbound.method === 'POST' && name !== '') {
      takeWhole(inbound, (body) => {
        if (body === null) reply.destroy();
        else if (body === 'tooLong') passages.refuse({ ...inbound, takeBody: () => null }, own, null, tooLong());
        else guarded({ inbound, reply, body, name, query: url.searchParams, passages });
      });
      return;
    }
    if (inbound.method !== 'GET') {
      passages.refuse(inbound, own, null, wrongMethod(inbound.method, name), {
        headers: ['Allow', name === '' ? 'GET' : 'GET, POST'],
      });
      return;
    }
    served().then(
      (all) => {
        const one = all.find((each) => each.name === name);
        if (name === '') answerJson(reply, { prompts: all.map(describe) });
        else if (name === 'openapi.json')
          answerJson(
            reply,
            promptsOpenApi(
              all.map(({ prompt }) => prompt),
              parts.url(),
            ),
          );
        else if (one !== undefined) answerJson(reply, describe(one));
        else
          passages.refuse(
            inbound,
            own,
            null,
            missing(
              name,
              all.map((each) => each.name),
            ),
          );
      },
      (error: unknown) => void passages.refuse(inbound, own, null, gatewayError(error)),
    );
  };
}

interface Asked {
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly body: Buffer;
  readonly name: string;
  readonly query: URLSearchParams;
  readonly passages: Passages;
}

/** Reads the images beside a prompt's file, from the same commit as that. */
export function imagesOf(root: string, file: string, version: string | null): (relative: string) => Promise<Buffer> {
  return (relative) => {
    const image = path.resolve(path.dirname(file), relative);
    return version === null ? readInside(root, image, longestImage) : readRevision(root, image, version);
  };
}

function taken(body: Buffer): Inbound['takeBody'] {
  return (tap) => {
    tap(body);
    return body;
  };
}

function wantsStream(given: object, { headers }: Inbound): boolean {
  if ('stream' in given) return given.stream === true;
  return (headerValue(headers, 'accept') ?? '').includes('text/event-stream');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
