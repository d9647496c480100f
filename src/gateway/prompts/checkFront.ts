import { promptFrontMatter, type PromptFrontMatter } from '../../shared/promptFrontMatter.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import { issueProblems } from '../parseCatalogue.ts';

/** Holds front matter against its schema. It is handed to the desk of prompts, whose bundle is without zod. */
export type CheckFront = (value: unknown) => {
  readonly front: PromptFrontMatter | null;
  readonly problems: readonly MemberProblem[];
};

export const checkFront: CheckFront = (value) => {
  const parsed = promptFrontMatter.safeParse(value ?? {});
  if (parsed.success) return { front: parsed.data, problems: [] };
  return { front: null, problems: parsed.error.issues.flatMap((issue) => issueProblems(issue, [])) };
};
