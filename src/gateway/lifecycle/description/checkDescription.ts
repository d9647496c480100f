import type { CatalogueProblem } from '../../../shared/catalogue.ts';
import { plain, text as sentence } from '../../../shared/text.ts';
import type { MemberProblem } from '../../catalogueProblem.ts';
import { checkMeaning } from './checkMeaning.ts';
import { checkShape, isRecord } from './checkShape.ts';
import { readDescription } from './source.ts';

/** The most that is told of one file: more is no help. */
const mostProblems = 200;

/** A description that was read: null where it cannot be used. */
export interface CheckedDescription {
  readonly description: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly CatalogueProblem[];
}

/** Reads a description of OpenAPI 3.0 or 3.1 and says what is wrong with it, and where. */
export function checkDescription(text: string, name: string): CheckedDescription {
  const { value, problems, place } = readDescription(text, name);
  if (problems.length > 0) return { description: null, problems };
  const placed = (found: readonly MemberProblem[]): readonly CatalogueProblem[] =>
    found.slice(0, mostProblems).map(place);
  if (!isRecord(value)) {
    const message = plain(
      sentence('This is no OpenAPI description: it has to be an object with "openapi" and "info".'),
    );
    return { description: null, problems: placed([{ severity: 'error', path: [], at: 'value', message }]) };
  }
  const version = versionProblem(value);
  if (version !== null) return { description: null, problems: placed([version]) };
  const found = [...checkShape(value), ...checkMeaning(value), ...missing(value)];
  const broken = found.some(({ severity }) => severity === 'error');
  return { description: broken ? null : value, problems: placed(found) };
}

function versionProblem(value: Readonly<Record<string, unknown>>): MemberProblem | null {
  const error = (path: readonly string[], message: ReturnType<typeof sentence>): MemberProblem => ({
    severity: 'error',
    path,
    at: 'value',
    message: plain(message),
  });
  if (value.swagger !== undefined)
    return error(
      ['swagger'],
      sentence('This is Swagger 2.0. Convert it to OpenAPI 3 first, as editor.swagger.io does.'),
    );
  if (value.openapi === undefined) return error(['openapi'], sentence('"openapi" is missing, as in openapi: 3.1.0.'));
  if (typeof value.openapi === 'string' && /^3\.[01]\.\d+/.test(value.openapi)) return null;
  return error(['openapi'], sentence('Tollgate reads OpenAPI 3.0 and 3.1, as in openapi: 3.1.0.'));
}

/** Members of which 3.0 needs another set than 3.1. */
function missing(value: Readonly<Record<string, unknown>>): readonly MemberProblem[] {
  const isOld = String(value.openapi).startsWith('3.0');
  const has = ['paths', ...(isOld ? [] : ['components', 'webhooks'])].some((name) => value[name] !== undefined);
  if (has) return [];
  const message = plain(sentence('"paths" is missing: a description has to say what can be called.'));
  return [{ severity: 'error', path: ['paths'], at: 'name', message }];
}
