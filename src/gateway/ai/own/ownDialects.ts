import type { Dialect } from '../../../shared/models.ts';
import { anthropicStream, anthropicWhole } from './anthropicAnswer.ts';
import { anthropicRequest } from './anthropicRequest.ts';
import type { OwnDialect } from './dialect.ts';

const anthropic: OwnDialect = {
  path: () => '/messages',
  headers: [['anthropic-version', '2023-06-01']],
  request: anthropicRequest,
  whole: anthropicWhole,
  stream: anthropicStream,
};

/** The dialects that need no package. */
export const ownDialects: Partial<Readonly<Record<Dialect, OwnDialect>>> = { anthropic };
