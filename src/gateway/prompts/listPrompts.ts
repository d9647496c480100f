import path from 'node:path';
import type { PromptListed } from '../../shared/prompts.ts';
import type { Shelved } from './promptShelf.ts';

/** Whether programs may call it. */
export function isServed({ prompt, problems }: Shelved): boolean {
  return prompt?.front.publish === true && !problems.some(({ severity }) => severity === 'error');
}

/** A prompt as lists show it. */
export function toListed(shelved: Shelved, root: string, url: string): PromptListed {
  const { file, name, prompt, problems } = shelved;
  return {
    ...{ name, file },
    path: path.relative(root, file).split(path.sep).join('/'),
    description: prompt?.front.description ?? null,
    model: prompt?.front.model ?? null,
    variables: prompt?.variables ?? [],
    structured: prompt?.front.output !== undefined,
    published: isServed(shelved),
    url: `${url}/prompts/${name}`,
    errors: problems.filter(({ severity }) => severity === 'error').length,
  };
}
