import { text } from '../shared/text.ts';
import type { PlainRequest } from './plainRequest.ts';
import { pythonLiteral } from './pythonLiteral.ts';
import type { RequestFormat } from './requestFormat.ts';

/** The method of the SDK and the parameters that it insists on, by the end of the path. */
const methods = [
  { path: '/chat/completions', call: 'chat.completions.create', parameters: ['model', 'messages', 'stream'] },
  { path: '/responses', call: 'responses.create', parameters: ['model', 'input', 'stream'] },
  { path: '/embeddings', call: 'embeddings.create', parameters: ['model', 'input'] },
] as const;

/**
 * Python with OpenAI's SDK (https://github.com/openai/openai-python), for whatever speaks its format. The key is read from
 * `OPENAI_API_KEY`. The JSON that is sent is the same; its members may stand in another order.
 */
export const openaiCode: RequestFormat = {
  id: 'openai',
  title: text('Python (openai)'),
  language: 'python',
  fits: (request) => read(request) !== null,
  write(request) {
    const found = read(request);
    if (found === null) return '';
    const { base, call, parameters, body } = found;
    const own = Object.entries(body).filter(([name]) => parameters.includes(name));
    const other = Object.fromEntries(Object.entries(body).filter(([name]) => !parameters.includes(name)));
    const lines = [
      ...own.map(([name, value]) => `    ${name}=${pythonLiteral(value, 4)},`),
      ...(Object.keys(other).length === 0 ? [] : [`    extra_body=${pythonLiteral(other, 4)},`]),
    ];
    const printing = body.stream === true ? 'for event in response:\n    print(event)\n' : 'print(response)\n';
    return `from openai import OpenAI\n\nclient = OpenAI(base_url=${pythonLiteral(base)})\nresponse = client.${call}(\n${lines.join('\n')}\n)\n${printing}`;
  },
};

interface Found {
  readonly base: string;
  readonly call: string;
  readonly parameters: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

function read({ method, url, body }: PlainRequest): Found | null {
  const known = methods.find(({ path }) => url.endsWith(path));
  if (known === undefined || method !== 'POST' || body === null) return null;
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
    return { ...known, base: url.slice(0, -known.path.length), body: json as Readonly<Record<string, unknown>> };
  } catch {
    return null;
  }
}
