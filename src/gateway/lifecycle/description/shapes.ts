/** What a member may hold. A shape is named; all but `Schema` may be a reference where `referable` says so. */
export type Kind =
  | 'any'
  | 'string'
  | 'boolean'
  | 'number'
  | 'object'
  | { readonly shape: ShapeName }
  | { readonly list: Kind }
  | { readonly map: Kind; readonly key?: 'path' | 'status' }
  | { readonly one: readonly string[] };

/** One kind of object of the OpenAPI Specification 3.0 and 3.1, as far as Tollgate looks at it. */
export interface Shape {
  /** As in "an operation". */
  readonly title: string;
  readonly required?: readonly string[];
  readonly members: Readonly<Record<string, Kind>>;
  /** Whether other members are allowed as well; those that begin with `x-` always are. */
  readonly open?: true;
  /** Whether `{"$ref": …}` may stand in its place. */
  readonly referable?: true;
}

export type ShapeName =
  | 'Document'
  | 'Info'
  | 'Server'
  | 'PathItem'
  | 'Operation'
  | 'Parameter'
  | 'RequestBody'
  | 'MediaType'
  | 'Response'
  | 'Header'
  | 'Components'
  | 'Tag'
  | 'SecurityScheme'
  | 'Schema';

/** The methods that a path item may describe, in the order of the specification. */
export const describedMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const of = (shape: ShapeName): Kind => ({ shape });
const content: Kind = { map: of('MediaType') };
const described = { summary: 'string', description: 'string' } as const;
const parameterMembers: Shape['members'] = {
  description: 'string',
  required: 'boolean',
  deprecated: 'boolean',
  allowEmptyValue: 'boolean',
  style: 'string',
  explode: 'boolean',
  allowReserved: 'boolean',
  schema: of('Schema'),
  example: 'any',
  examples: 'object',
  content,
};

/** The objects of the specification by name. */
export const shapes: Readonly<Record<ShapeName, Shape>> = {
  Document: {
    title: 'an OpenAPI description',
    required: ['openapi', 'info'],
    members: {
      openapi: 'string',
      info: of('Info'),
      jsonSchemaDialect: 'string',
      servers: { list: of('Server') },
      paths: { map: of('PathItem'), key: 'path' },
      webhooks: { map: of('PathItem') },
      components: of('Components'),
      security: { list: 'object' },
      tags: { list: of('Tag') },
      externalDocs: 'object',
    },
  },
  Info: {
    title: '"info"',
    required: ['title', 'version'],
    members: {
      title: 'string',
      version: 'string',
      ...described,
      termsOfService: 'string',
      contact: 'object',
      license: 'object',
    },
  },
  Server: {
    title: 'a server',
    required: ['url'],
    members: { url: 'string', name: 'string', description: 'string', variables: { map: 'object' } },
  },
  PathItem: {
    title: 'a path',
    referable: true,
    members: {
      ...described,
      ...Object.fromEntries(describedMethods.map((method) => [method, of('Operation')])),
      servers: { list: of('Server') },
      parameters: { list: of('Parameter') },
    },
  },
  Operation: {
    title: 'an operation',
    members: {
      tags: { list: 'string' },
      ...described,
      externalDocs: 'object',
      operationId: 'string',
      parameters: { list: of('Parameter') },
      requestBody: of('RequestBody'),
      responses: { map: of('Response'), key: 'status' },
      callbacks: 'object',
      deprecated: 'boolean',
      security: { list: 'object' },
      servers: { list: of('Server') },
    },
  },
  Parameter: {
    title: 'a parameter',
    referable: true,
    required: ['name', 'in'],
    members: { name: 'string', in: { one: ['query', 'header', 'path', 'cookie'] }, ...parameterMembers },
  },
  Header: { title: 'a header', referable: true, members: parameterMembers },
  RequestBody: {
    title: 'a request body',
    referable: true,
    required: ['content'],
    members: { description: 'string', content, required: 'boolean' },
  },
  MediaType: {
    title: 'a media type',
    members: { schema: of('Schema'), example: 'any', examples: 'object', encoding: 'object' },
  },
  Response: {
    title: 'a response',
    referable: true,
    required: ['description'],
    members: { ...described, headers: { map: of('Header') }, content, links: 'object' },
  },
  Components: {
    title: '"components"',
    members: {
      schemas: { map: of('Schema') },
      responses: { map: of('Response') },
      parameters: { map: of('Parameter') },
      examples: 'object',
      requestBodies: { map: of('RequestBody') },
      headers: { map: of('Header') },
      securitySchemes: { map: of('SecurityScheme') },
      links: 'object',
      callbacks: 'object',
      pathItems: { map: of('PathItem') },
    },
  },
  Tag: {
    title: 'a tag',
    required: ['name'],
    members: { name: 'string', description: 'string', externalDocs: 'object' },
  },
  SecurityScheme: {
    title: 'a security scheme',
    referable: true,
    required: ['type'],
    members: { type: { one: ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] } },
    open: true,
  },
  Schema: {
    title: 'a schema',
    open: true,
    referable: true,
    members: {
      properties: { map: of('Schema') },
      patternProperties: { map: of('Schema') },
      items: of('Schema'),
      allOf: { list: of('Schema') },
      anyOf: { list: of('Schema') },
      oneOf: { list: of('Schema') },
      not: of('Schema'),
      additionalProperties: of('Schema'),
      required: { list: 'string' },
      enum: { list: 'any' },
      format: 'string',
      description: 'string',
      title: 'string',
      nullable: 'boolean',
      deprecated: 'boolean',
      readOnly: 'boolean',
      writeOnly: 'boolean',
      minLength: 'number',
      maxLength: 'number',
      minItems: 'number',
      maxItems: 'number',
      pattern: 'string',
      discriminator: 'object',
    },
  },
};

/** The types of JSON Schema. */
export const schemaTypes: readonly string[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
