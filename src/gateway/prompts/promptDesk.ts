import type { PromptsApi } from '../../shared/prompts.ts';
import type { Prompts, PromptParts } from './openPrompts.ts';
import { createPromptShelf } from './promptShelf.ts';
import { createPromptsApi } from './promptsApi.ts';
import { createPromptServer } from './servePrompt.ts';

/** The desk that serves prompts; a bundle of its own. */
export interface PromptDesk {
  readonly handle: Prompts['handle'];
  readonly api: PromptsApi;
}

export function createPromptDesk(parts: PromptParts): PromptDesk {
  const shelf = parts.root === null ? null : createPromptShelf(parts.root, parts.checkFront);
  return { handle: createPromptServer(parts, shelf), api: createPromptsApi(parts, shelf) };
}
