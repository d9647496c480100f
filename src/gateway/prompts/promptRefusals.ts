import path from 'node:path';
import type { Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import { nearestName } from '../nearestName.ts';
import type { Shelved } from './promptShelf.ts';
import type { PromptText } from './promptText.ts';

/** What variables to send. */
export function hintOf({ variables, name }: PromptText): string {
  if (variables.length === 0) return plain(text('"{0}" takes no variables: send {}.', name));
  const list = variables.map((one) => (one.required ? one.name : `${one.name}?`)).join(', ');
  return plain(text('"{0}" takes {1}; GET /prompts/{0} describes them.', name, list));
}

/** There is no such prompt. */
export function missing(name: string, names: readonly string[]): Failure {
  const nearest = nearestName(name, names);
  return {
    code: 'not_found',
    message: plain(text('There is no prompt "{0}" here.', name)),
    hint:
      nearest === null
        ? plain(text('GET /prompts lists those that are published.'))
        : plain(text('Did you mean "{0}"?', nearest)),
  };
}

/** It is a draft. */
export function unpublished({ name, file }: Shelved, root: string): Failure {
  return {
    code: 'not_found',
    message: plain(text('The prompt "{0}" is not published.', name)),
    hint: plain(text('Say "publish: true" in {0}, or choose Publish above its first line.', path.relative(root, file))),
  };
}

/** Its file has errors. */
export function broken({ name, file, problems }: Shelved, root: string): Failure {
  const first = problems.find(({ severity }) => severity === 'error');
  const line = String((first?.start.line ?? 0) + 1);
  return {
    code: 'not_found',
    message: plain(text('The prompt "{0}" has errors: {1}', name, first?.message ?? '')),
    hint: plain(text('Mend line {0} of {1}.', line, path.relative(root, file))),
  };
}

/** The request cannot be held. */
export function tooLong(): Failure {
  return {
    code: 'bad_request',
    message: plain(text('The request is too long.')),
    hint: plain(text('Send large files by their URL.')),
  };
}

/** A method that nothing here takes. */
export function wrongMethod(method: string, name: string): Failure {
  return {
    code: 'method_not_allowed',
    message: plain(text('There is no {0} here.', method)),
    hint: plain(text('POST /prompts/{0} with JSON; GET /prompts lists what there is.', name === '' ? '<name>' : name)),
  };
}
