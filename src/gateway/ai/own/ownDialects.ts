import type { Dialect } from '../../../shared/models.ts';
import { anthropicStream, anthropicWhole } from './anthropicAnswer.ts';
import { anthropicRequest } from './anthropicRequest.ts';
import type { OwnDialect } from './dialect.ts';
import { geminiStream, geminiWhole } from './geminiAnswer.ts';
import { geminiRequest } from './geminiRequest.ts';
import { openaiStream, openaiWhole } from './openaiAnswer.ts';
import { openaiRequest } from './openaiRequest.ts';

const anthropic: OwnDialect = {
  path: () => '/messages',
  headers: [['anthropic-version', '2023-06-01']],
  request: anthropicRequest,
  whole: anthropicWhole,
  stream: anthropicStream,
};

const gemini: OwnDialect = {
  path: (model, stream) =>
    `/${model.includes('/') ? model : `models/${model}`}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  headers: [],
  request: geminiRequest,
  whole: geminiWhole,
  stream: geminiStream,
};

const openai: OwnDialect = {
  path: () => '/chat/completions',
  headers: [],
  request: openaiRequest,
  whole: openaiWhole,
  stream: openaiStream,
};

/** The dialects that need no package. */
export const ownDialects: Partial<Readonly<Record<Dialect, OwnDialect>>> = { anthropic, gemini, openai };
