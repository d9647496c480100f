import { text } from '../shared/text.ts';
import { pythonLiteral } from './pythonLiteral.ts';
import type { RequestFormat } from './requestFormat.ts';

/** Python with httpx (https://www.python-httpx.org/api/). */
export const httpxCode: RequestFormat = {
  id: 'httpx',
  title: text('Python (httpx)'),
  language: 'python',
  write({ method, url, headers, body, base64 }) {
    const own = headers.filter(([name]) => name.toLowerCase() !== 'accept-encoding');
    const lines = [
      `    ${pythonLiteral(method)},`,
      `    ${pythonLiteral(url)},`,
      ...(own.length === 0
        ? []
        : [
            '    headers=[',
            ...own.map(([name, value]) => `        (${pythonLiteral(name)}, ${pythonLiteral(value)}),`),
            '    ],',
          ]),
      ...(body === null ? [] : [`    content=${pythonLiteral(body)}.encode(),`]),
      ...(base64 === undefined ? [] : [`    content=base64.b64decode("${base64}"),`]),
    ];
    return `${base64 === undefined ? '' : 'import base64\n\n'}import httpx\n\nresponse = httpx.request(\n${lines.join('\n')}\n)\nprint(response.status_code, response.text)\n`;
  },
};
