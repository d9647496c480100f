import { jsonSettings } from './jsonSettings.ts';
import { lineBreakOf, lineEndAt, type Setting } from './setting.ts';

/**
 * The settings of a file of requests (`.http`, `.rest`): file variables (`@model = …`), addresses, headers and the
 * members of JSON bodies. Requests are apart by lines that begin with `###`.
 * https://www.jetbrains.com/help/idea/exploring-http-syntax.html, https://github.com/Huachao/vscode-restclient
 */
export function httpSettings(text: string): readonly Setting[] {
  const variables = new Map<string, Setting>();
  const settings: Setting[] = [];
  let group = 0;
  let part: 'before' | 'headers' | 'body' = 'before';
  let body = -1;
  let line = 0;
  const closeBody = (end: number): void => {
    if (body !== -1)
      settings.push(...jsonSettings(text, body, end, [group]).map((setting) => withMeaning(setting, variables)));
    body = -1;
  };
  for (let at = 0; at <= text.length; line += 1) {
    const end = lineEndAt(text, at);
    const content = text.slice(at, end);
    const bare = content.trim();
    if (content.startsWith('###')) {
      closeBody(at);
      group += 1;
      part = 'before';
    } else if (part === 'body') {
      if (/^(?:>|<)(?:>|\s|\{%)/.test(content)) {
        closeBody(at);
      } else if (body === -1 && bare !== '') body = at;
    } else if (part === 'headers' && bare === '') part = 'body';
    else if (bare !== '' && !/^(?:#|\/\/)/.test(bare)) {
      const setting =
        part === 'before' ? beforeHeaders(text, at, content, line, group) : header(text, at, content, line, group);
      if (setting !== null) settings.push(withMeaning(setting, variables));
      if (setting?.under === 'variables') variables.set(setting.name, setting);
      else if (part === 'before') part = 'headers';
    }
    const lineEnd = text.indexOf('\n', end);
    if (lineEnd === -1) break;
    at = lineEnd + 1;
  }
  closeBody(text.length);
  return settings;
}

function beforeHeaders(text: string, at: number, content: string, line: number, group: number): Setting | null {
  const variable = /^(@([\w.-]+)\s*=\s*)(.*?)\s*$/.exec(content);
  if (variable !== null)
    return place(
      text,
      { name: variable[2] ?? '', under: 'variables', line, within: [-1] },
      at + (variable[1] ?? '').length,
      variable[3] ?? '',
    );
  const request = /^(\s*(?:[A-Z]+\s+)?)(\S.*?)(?:\s+HTTP\/[\d.]+)?\s*$/.exec(content);
  if (request === null) return null;
  return place(
    text,
    { name: '', under: 'address', line, within: [group] },
    at + (request[1] ?? '').length,
    request[2] ?? '',
  );
}

function header(text: string, at: number, content: string, line: number, group: number): Setting | null {
  const match = /^(([!#$%&'*+.^_`|~\w-]+):[ \t]*)(.*?)[ \t]*$/.exec(content);
  if (match !== null)
    return place(
      text,
      { name: match[2] ?? '', under: 'headers', line, within: [group] },
      at + (match[1] ?? '').length,
      match[3] ?? '',
    );
  const query = /^(\s+[?&])(\S+)\s*$/.exec(content);
  return query === null
    ? null
    : place(text, { name: '', under: 'address', line, within: [group] }, at + (query[1] ?? '').length, query[2] ?? '');
}

function place(
  text: string,
  named: Pick<Setting, 'name' | 'under' | 'line' | 'within'>,
  start: number,
  value: string,
): Setting {
  const end = start + value.length;
  const besides = named.under === 'headers' || named.under === 'address';
  return {
    ...named,
    value,
    start,
    end,
    replace: (newText) => ({ start, end, newText }),
    beside: besides
      ? (name, newValue) => {
          const at = lineEndAt(text, end);
          return { start: at, end: at, newText: `${lineBreakOf(text)}${name}: ${newValue}` };
        }
      : null,
    means: null,
  };
}

function withMeaning(setting: Setting, variables: ReadonlyMap<string, Setting>): Setting {
  const name = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(setting.value)?.[1];
  return name === undefined ? setting : { ...setting, means: variables.get(name) ?? null };
}
