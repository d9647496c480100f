import { fromBase64 } from './base64Text.ts';

/** Stands where Tollgate is to put the stored credential. */
export const credentialVariable = '$credential';

/** Behind it stands text in base64, which is taken as it is. */
export const literalVariable = '$base64';

/** What fills a template in. */
export interface Filling {
  /** `@name = value` of the file. */
  readonly variables: ReadonlyMap<string, string>;
  /** An environment variable, or undefined. */
  readonly environment: (name: string) => string | undefined;
  /** A variable of the `.env` file beside the request, or undefined. */
  readonly dotenv: (name: string) => string | undefined;
}

/** Text with its variables filled in, and the names of those that nothing is known of. */
export interface Filled {
  readonly text: string;
  readonly missing: readonly string[];
}

const place = /\{\{\s*(\$?[\w.-]+(?:\s+[^{}]*?)?)\s*\}\}/g;

/**
 * Fills in `{{name}}`, `{{$processEnv NAME}}` (also `$env`), `{{$dotenv NAME}}`, `{{$guid}}` (also `$uuid`),
 * `{{$timestamp}}` (seconds), `{{$base64 …}}` (text that no `.http` file could hold otherwise) and `{{$randomInt from to}}`, as the usual clients of `.http` files do. `{{$credential}}`
 * stays: whoever sends the request leaves that header to the gateway.
 */
export function fillIn(template: string, filling: Filling, depth = 0): Filled {
  const missing: string[] = [];
  const text = template.replace(place, (whole, expression: string) => {
    if (expression === credentialVariable) return whole;
    if (expression.startsWith(`${literalVariable} `))
      return fromBase64(expression.slice(literalVariable.length).trim());
    const value = valueOf(expression, filling);
    if (value === undefined) {
      missing.push(expression);
      return whole;
    }
    // A variable may be made of others; five are enough, and end a circle.
    const inner = depth < 5 ? fillIn(value, filling, depth + 1) : { text: value, missing: [] };
    missing.push(...inner.missing);
    return inner.text;
  });
  return { text, missing };
}

function valueOf(expression: string, { variables, environment, dotenv }: Filling): string | undefined {
  const [name = '', first = '', second = ''] = expression.split(/\s+/);
  switch (name) {
    case '$processEnv':
    case '$env':
      return environment(first.replace(/^%/, ''));
    case '$dotenv':
      return dotenv(first);
    case '$guid':
    case '$uuid':
      return crypto.randomUUID();
    case '$timestamp':
      return String(Math.floor(Date.now() / 1000));
    case '$randomInt': {
      const from = first === '' ? 0 : Number(first);
      const to = second === '' ? 1000 : Number(second);
      return String(from + Math.floor(Math.random() * Math.max(0, to - from)));
    }
    default:
      return variables.get(name);
  }
}
