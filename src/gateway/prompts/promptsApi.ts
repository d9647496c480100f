import path from 'node:path';
import type { CatalogueProblem } from '../../shared/catalogue.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { PromptCheck, PromptOutcome, PromptRun, PromptsApi } from '../../shared/prompts.ts';
import { plain, text } from '../../shared/text.ts';
import { findTarget } from '../ai/findTarget.ts';
import { ownInbound } from '../ownInbound.ts';
import { converse } from './converse.ts';
import { answerPrompt, type PromptAnswer } from './answerPrompt.ts';
import { toListed } from './listPrompts.ts';
import type { PromptParts } from './openPrompts.ts';
import { membersOf } from './problems.ts';
import type { PromptShelf, Shelved } from './promptShelf.ts';
import { readRevision, versionsOf } from './revisions.ts';
import { imagesOf } from './servePrompt.ts';
import { takeVariables } from './takeVariables.ts';
import { readInside } from './workspaceFiles.ts';

/** What one may ask about prompts; `shelf` is null where no folder is open. */
export function createPromptsApi(parts: PromptParts, shelf: PromptShelf | null): PromptsApi {
  const runs = new Map<string, AbortController>();

  const shelved = async (file: string, source: string | null, version: string | null): Promise<Shelved> => {
    if (shelf === null) throw new ChannelError('prompt_unreadable', plain(text('No folder is open.')));
    if (source !== null) return shelf.read(source, file);
    const there = version === null ? readInside(shelf.root, file) : readRevision(shelf.root, file, version);
    return shelf.read(await there, file);
  };

  const check = async (file: string, source: string | null): Promise<PromptCheck> => {
    const found = await shelved(file, source, null);
    const root = shelf?.root ?? '';
    const prompt = found.prompt === null ? null : toListed(found, root, parts.url());
    const twin = (await shelf?.all())?.find((one) => one.file !== file && one.name === found.name);
    const named = twin === undefined ? [] : [sameName(twin, root, found)];
    const problems = [...found.problems, ...named, ...modelProblems(found, parts)];
    const group = await parts.groups({ filter: `operation="POST /prompts/${found.name}"`, by: 'operation' });
    const [spent] = group;
    return {
      ...{ prompt, problems },
      spent: { calls: spent?.calls ?? 0, costUsd: spent?.costUsd ?? null, tokens: spent?.tokens ?? 0 },
    };
  };

  const run = async (asked: PromptRun): Promise<PromptOutcome> => {
    const { file, model, version, variables } = asked;
    const { prompt, problems, name } = await shelved(file, asked.text, version);
    const error = problems.find(({ severity }) => severity === 'error');
    if (prompt === null || shelf === null || error !== undefined)
      throw new ChannelError(
        'prompt_unreadable',
        plain(text('Line {0}: {1}', (error?.start.line ?? 0) + 1, error?.message ?? '')),
      );
    const { values, problems: wrong } = takeVariables(prompt, variables);
    if (wrong.length > 0) throw new ChannelError('bad_request', wrong.map(({ message }) => message).join(' '));
    const gone = new AbortController();
    runs.set(asked.id, gone);
    const exchanges: ExchangeId[] = [];
    const { passages, headers } = parts.operator();
    const began = performance.now();
    let firstWord: number | null = null;
    const { inbound } = ownInbound('POST', `/prompts/${name}`, headers, null);
    try {
      const answer = await answerPrompt(
        {
          ...{ ai: parts.ai, passages, query: '', signal: gone.signal, onDrain: () => undefined },
          inbound: { ...inbound, caller: { application: null, begun: (id) => exchanges.push(id) } },
          onText: (more) => {
            firstWord ??= performance.now() - began;
            parts.written(asked.id, more);
            return true;
          },
        },
        { prompt, values, model, stream: true, readImage: imagesOf(shelf.root, file, version) },
        () => parts.written(asked.id, '\n\n'),
      );
      return {
        ...outcomeOf(answer),
        ...{ model: model ?? prompt.front.model, firstWord, exchanges },
        duration: performance.now() - began,
      };
    } finally {
      runs.delete(asked.id);
    }
  };

  return {
    prompts: async () => ((await shelf?.all()) ?? []).map((one) => toListed(one, shelf?.root ?? '', parts.url())),
    checkPrompt: check,
    runPrompt: run,
    converse: (id, request) => converse(parts, runs, id, request),
    cancelRun: (id) => {
      runs.get(id)?.abort();
      return Promise.resolve();
    },
    promptVersions: (file) => (shelf === null ? Promise.resolve([]) : versionsOf(shelf.root, file)),
  };
}

type Outcome = Pick<PromptOutcome, 'text' | 'value' | 'failure' | 'costUsd' | 'usage' | 'repaired'>;

function outcomeOf(answer: PromptAnswer): Outcome {
  const nothing = { text: '', value: null, costUsd: null, usage: null, repaired: false };
  if (answer.kind === 'broken') {
    const message = plain(text('The run was given up.'));
    return { ...nothing, failure: { message, hint: null, status: 499 } };
  }
  if (answer.kind === 'refused') {
    const { detail, hint } = membersOf(answer.body);
    const message = typeof detail === 'string' ? detail : '';
    return { ...nothing, failure: { message, hint: typeof hint === 'string' ? hint : null, status: answer.status } };
  }
  const costUsd = answer.spent.cost === 'unpriced' ? null : Number(answer.spent.cost);
  const spent = { text: answer.text, costUsd, usage: answer.spent.usage };
  if (answer.kind === 'answered')
    return { ...spent, value: answer.value ?? null, failure: null, repaired: answer.repaired };
  const errors = answer.errors.map(({ path: at, message }) => `${at === '' ? '' : `${at}: `}${message}`).join('; ');
  const message = errors === '' ? answer.message : `${answer.message} ${errors}`;
  return { ...spent, value: null, repaired: false, failure: { message, hint: answer.hint, status: 502 } };
}

function sameName({ file }: Shelved, root: string, { name, prompt }: Shelved): CatalogueProblem {
  const start = { line: 0, character: 0 };
  const message = plain(
    text('{0} has the name "{1}" already: give this one another.', path.relative(root, file), name),
  );
  return { severity: prompt?.front.publish === true ? 'error' : 'warning', message, start, end: start };
}

/** What is wrong with the model that a prompt names. */
function modelProblems({ prompt }: Shelved, { apis, aliases, ai }: PromptParts): readonly CatalogueProblem[] {
  if (prompt === null || aliases().has(prompt.front.model)) return [];
  const target = findTarget(prompt.front.model, 'chat', apis(), ai.book);
  // The front matter's schema has one line for it; the editor marks that.
  const start = { line: prompt.modelLine, character: 0 };
  const end = { line: prompt.modelLine, character: 1000 };
  if ('code' in target) return [{ severity: 'error', message: `${target.message} ${target.hint}`, start, end }];
  if (target.info !== null) return [];
  const message = plain(
    text(
      'Nothing is known of the model "{0}" of {1}: its calls are unpriced unless the vendor tells.',
      target.model,
      target.provider.title,
    ),
  );
  return [{ severity: 'warning', message, start, end }];
}
