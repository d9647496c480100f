import type { Setting } from './setting.ts';
import { scalarAt, type Scalar } from './yamlScalar.ts';

/** What a flow collection stands in. */
interface FlowPlace {
  /** The key it is the value of. */
  readonly name: string;
  readonly within: readonly number[];
  /** Counts collections. */
  readonly group: () => number;
}

interface Flow {
  readonly settings: readonly Setting[];
  /** Behind the closing bracket, or the end of the text where there is none. */
  readonly end: number;
}

/** The settings of a flow collection (`{model: gpt-4o, tags: [a, b]}`, or plain JSON) that begins at an offset. */
export function flowSettings(text: string, from: number, line: number, place: FlowPlace): Flow {
  const settings: Setting[] = [];
  const within = [place.group(), ...place.within];
  const mapping = text[from] === '{';
  let current = line;
  let at = from + 1;
  let key: string | null = null;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') current += 1;
    if (char === '}' || char === ']') return { settings, end: at + 1 };
    if (char === ',') key = null;
    if (char === '#' && /\s/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (/[\s,:]/.test(char)) at += 1;
    else if (char === '{' || char === '[') {
      const flow = flowSettings(text, at, current, { name: key ?? place.name, within, group: place.group });
      settings.push(...flow.settings);
      current += text.slice(at, flow.end).split('\n').length - 1;
      at = flow.end;
      key = null;
    } else {
      const scalar = scalarAt(text, at, true);
      if (scalar === null) return { settings, end: text.length };
      at = Math.max(scalar.after, at + 1);
      if (mapping && key === null) key = scalar.value;
      else if (!scalar.escaped) settings.push(toSetting(key ?? '', scalar, current, place.name, within, text));
    }
  }
  return { settings, end: text.length };
}

function toSetting(
  name: string,
  scalar: Scalar,
  line: number,
  under: string,
  within: readonly number[],
  text: string,
): Setting {
  const quote = name === '' ? '' : (/(["'])\s*:\s*["']?$/.exec(text.slice(0, scalar.place.start))?.[1] ?? '');
  return {
    name,
    value: scalar.value,
    line,
    within,
    under,
    ...scalar.place,
    replace: scalar.replace,
    beside:
      name === ''
        ? null
        : (sibling, value) => ({
            start: scalar.after,
            end: scalar.after,
            newText: `, ${quote}${sibling}${quote}: ${value}`,
          }),
    means: null,
  };
}
