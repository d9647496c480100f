import path from 'node:path';
import { Ajv } from 'ajv';
import type { CatalogueProblem } from '../../shared/catalogue.ts';
import { apiNamePattern } from '../../shared/catalogueName.ts';
import type { PromptFrontMatter } from '../../shared/promptFrontMatter.ts';
import { promptEnding, type PromptVariable } from '../../shared/prompts.ts';
import { plain, text as sentence } from '../../shared/text.ts';
import { toProblem, type MemberProblem } from '../catalogueProblem.ts';
import { readDescription } from '../lifecycle/description/source.ts';
import type { CheckFront } from './checkFront.ts';
import type { PromptText } from './promptText.ts';
import { readTurns, type TextProblem } from './readTurns.ts';
import { mismatch } from './takeVariables.ts';

/** What a prompt file says: null where its front matter is broken, and everything that is wrong with it. */
export interface ReadPrompt {
  readonly prompt: PromptText | null;
  readonly problems: readonly CatalogueProblem[];
}

const frontMatter = /^(?:\uFEFF)?---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/;

/** Reads a prompt file; `file` gives it its name where it gives itself none. */
export function readPrompt(source: string, file: string, checkFront: CheckFront): ReadPrompt {
  const found = frontMatter.exec(source);
  if (found === null) {
    const message = plain(
      sentence('A prompt begins with front matter: "---", "model: …" and "---" on lines of their own.'),
    );
    return { prompt: null, problems: [toProblem('error', message, 0, 1, source)] };
  }
  const [whole, yaml = ''] = found;
  const description = readDescription(yaml, 'front.yaml');
  const shifted = (problem: CatalogueProblem): CatalogueProblem => ({
    ...problem,
    start: { ...problem.start, line: problem.start.line + 1 },
    end: { ...problem.end, line: problem.end.line + 1 },
  });
  if (description.value === undefined) return { prompt: null, problems: description.problems.map(shifted) };
  const { front, problems: members } = checkFront(description.value);
  const place = (problem: MemberProblem): CatalogueProblem => shifted(description.place(problem));
  const { turns, problems: inText } = readTurns(source, whole.length);
  const toText = ({ severity, message, start, end }: TextProblem): CatalogueProblem =>
    toProblem(severity, message, start, Math.max(1, end - start), source);
  if (front === null) return { prompt: null, problems: [...members.map(place), ...inText.map(toText)] };
  const name = front.name ?? nameOfFile(file);
  const variables = variablesOf(front);
  const modelLine = Math.max(0, yaml.split('\n').findIndex((line) => line.startsWith('model:')) + 1);
  const prompt: PromptText = { name, front, variables, turns, modelLine };
  const problems = [
    ...[...nameProblems(name), ...variableProblems(prompt), ...schemaProblems(front)].map(place),
    ...[...inText, ...usesOf(prompt, source.length)].map(toText),
  ];
  return { prompt, problems };
}

/** As in `summarize` for `prompts/Summarize.prompt.md`. */
export function nameOfFile(file: string): string {
  return path
    .basename(file)
    .slice(0, -promptEnding.length)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
}

function variablesOf({ variables = {} }: PromptFrontMatter): PromptText['variables'] {
  return Object.entries(variables).map(([name, declared]) => {
    const said = typeof declared === 'string' ? { type: declared } : declared;
    const has = said.default !== undefined && said.default !== null;
    const variable: PromptVariable = {
      name,
      type: said.type,
      description: said.description ?? null,
      required: !has && said.required !== false,
      choices: said.enum ?? null,
      ...(has ? { default: said.default } : {}),
    };
    return { ...variable, maxLength: said.maxLength ?? null };
  });
}

function nameProblems(name: string): readonly MemberProblem[] {
  if (apiNamePattern.test(name) && name !== 'openapi.json') return [];
  const message = plain(sentence('The file’s name makes no URL: say "name: …" in small letters.'));
  return [{ severity: 'error', path: ['name'], at: 'value', message }];
}

function variableProblems({ variables, turns }: PromptText): readonly MemberProblem[] {
  const used = new Set(
    turns.flatMap(({ pieces }) => pieces.flatMap((one) => (one.kind === 'text' ? [] : [nameOf(one)]))),
  );
  return variables.flatMap((variable): readonly MemberProblem[] => {
    const member = ['variables', variable.name];
    const problem = (severity: 'error' | 'warning', message: string, more: readonly string[] = []): MemberProblem => ({
      ...{ severity, message, path: [...member, ...more] },
      at: more.length === 0 ? 'name' : 'value',
    });
    const wrong = 'default' in variable ? mismatch(variable, variable.default) : null;
    return [
      ...(variable.name === 'stream'
        ? [problem('error', plain(sentence('"stream" is a member of every request.')))]
        : []),
      ...(used.has(variable.name) ? [] : [problem('warning', plain(sentence('The text does not use this variable.')))]),
      ...(wrong === null ? [] : [problem('error', wrong, ['default'])]),
    ];
  });
}

function nameOf(
  piece:
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'image'; readonly target: string; readonly isVariable: boolean },
): string | null {
  if (piece.kind === 'variable') return piece.name;
  return piece.isVariable ? piece.target : null;
}

/** Variables that are used and not declared, images where there can be none, and a conversation without a word. */
function usesOf({ variables, turns }: PromptText, end: number): readonly TextProblem[] {
  const known = new Map(variables.map((one) => [one.name, one.type]));
  const problems = turns.flatMap(({ role, pieces }) =>
    pieces.flatMap((piece): readonly TextProblem[] => {
      const name = piece.kind === 'text' ? null : nameOf(piece);
      if (piece.kind === 'text' || name === null) return [];
      const type = known.get(name);
      const { start, end: until } = piece;
      const said = (message: string): TextProblem => ({ severity: 'error', message, start, end: until });
      if (type === undefined) return [said(plain(sentence('The variable "{0}" is not declared.', name)))];
      if (type === 'image' && role !== 'user')
        return [said(plain(sentence('An image has its place in what the user says, below "# User".')))];
      if (type !== 'image' && piece.kind === 'image')
        return [said(plain(sentence('"{0}" is no image: declare it with "type: image".', name)))];
      return [];
    }),
  );
  if (turns.some(({ role }) => role === 'user')) return problems;
  const message = plain(sentence('The prompt says nothing for the user: write its text below the front matter.'));
  return [...problems, { severity: 'error', message, start: Math.max(0, end - 1), end }];
}

function schemaProblems({ output }: PromptFrontMatter): readonly MemberProblem[] {
  if (output === undefined) return [];
  try {
    compileSchema(output);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = plain(sentence('This is no JSON schema that can be used: {0}', why));
    return [{ severity: 'error', path: ['output'], at: 'name', message }];
  }
}

/** Compiles a schema. Throws where it is none. */
export function compileSchema(schema: object): ReturnType<Ajv['compile']> {
  return new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false }).compile(schema);
}
