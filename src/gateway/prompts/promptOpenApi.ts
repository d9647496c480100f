import type { PromptVariable } from '../../shared/prompts.ts';
import type { PromptText } from './promptText.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 description of all prompts that are served. */
export function promptsOpenApi(prompts: readonly PromptText[], url: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Prompts',
      version: '1',
      description: 'Prompts of this workspace, served by Tollgate. Each asks a model and answers what that said.',
    },
    servers: [{ url }],
    security: [{ key: [] }],
    paths: Object.fromEntries(prompts.map((prompt) => [`/prompts/${prompt.name}`, pathItem(prompt)])),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'TOLLGATE_KEY, or the key of an application.' },
      },
      schemas: { Problem: problem },
    },
  };
}

/** The schema of a request to a prompt. */
export function requestSchema({ variables }: PromptText): Json {
  const properties = Object.fromEntries(variables.map((variable) => [variable.name, variableSchema(variable)]));
  const stream = { type: 'boolean', default: false, description: 'Whether to answer with server-sent events.' };
  return {
    type: 'object',
    properties: { ...properties, stream },
    required: variables.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function variableSchema(variable: PromptVariable & { readonly maxLength: number | null }): Json {
  const { type, description, choices, maxLength } = variable;
  return {
    ...(type === 'image' ? { type: 'string', format: 'uri', pattern: '^(data:image/|https://)' } : { type }),
    ...(description === null ? {} : { description }),
    ...(choices === null ? {} : { enum: choices }),
    ...(maxLength === null ? {} : { maxLength }),
    ...('default' in variable ? { default: variable.default } : {}),
  };
}

/** The schema of an answer that is not streamed. */
function answerSchema({ front }: PromptText): Json {
  if (front.output !== undefined) return front.output;
  return { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
}

function pathItem(prompt: PromptText): Json {
  const { name, front } = prompt;
  const cost = { description: 'US dollars, or "unpriced".', schema: { type: 'string' } };
  const version = { description: 'The version that answered.', schema: { type: 'string' } };
  const refused = (description: string): Json => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  return {
    post: {
      operationId: name.replace(/[^\w-]/g, '_'),
      tags: ['prompts'],
      summary: front.description?.split('\n')[0] ?? name,
      ...(front.description === undefined ? {} : { description: front.description }),
      parameters: [
        {
          name: 'version',
          in: 'query',
          required: false,
          description: 'A commit, tag or branch of git to take the prompt from; the file as it is by default.',
          schema: { type: 'string' },
        },
      ],
      requestBody: { required: true, content: { 'application/json': { schema: requestSchema(prompt) } } },
      responses: {
        '200': {
          description: 'What the model said.',
          headers: { 'x-tollgate-cost-usd': cost, 'x-tollgate-prompt-version': version },
          content: {
            'application/json': { schema: answerSchema(prompt) },
            'text/event-stream': {
              schema: {
                type: 'string',
                description: 'Events "text" as it is written, and "result" or "error" at the end.',
              },
            },
          },
        },
        '400': refused('A variable is missing, unknown or of another type; "errors" says which.'),
        '401': refused('The key is missing or unknown.'),
        '402': refused('A budget or a quota is spent, or the vendor wants to be paid.'),
        '502': refused('The answer does not match the schema, or the vendor failed.'),
      },
    },
  };
}

const problem: Json = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    hint: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  required: ['status', 'detail', 'code'],
};
