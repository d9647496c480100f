import * as z from 'zod';
import { resources, type Resource } from './resourceTable.ts';

const problem = {
  description: 'It was refused; `error.code` is stable.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['type', 'code', 'message'],
            properties: { type: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
};

/** The description of the control API about access (OpenAPI 3.1), made from the schemas that check it. */
export function accessOpenApi(url: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const resource of resources)
    (paths[`/_tollgate/${resource.path}`] ??= {})[resource.method.toLowerCase()] = operation(resource);
  return {
    openapi: '3.1.0',
    info: { title: 'Tollgate control API', version: '1', description: 'Who may call what. On this machine only.' },
    servers: [{ url }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'The gateway’s token.' } } },
    paths,
  };
}

function operation({ method, path, summary, query, body, answer, status }: Resource): object {
  const words = path
    .replace(/^v1\//, '')
    .split('/')
    .map((word) => word.replace(/[{}]/g, ''));
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
  const asked = Object.keys(query?.shape ?? {}).map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  return {
    operationId: [method.toLowerCase(), ...words].join('_'),
    summary,
    ...(names.length + asked.length === 0 ? {} : { parameters: [...names, ...asked] }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      [status]: { description: 'Done.', content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
      401: problem,
      403: problem,
      422: problem,
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return typeof $schema === 'string' ? rest : { ...rest };
}
