const pattern = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.+-]+|[^\s]/g;

/** The words and marks of a `.proto` file, one after the other; comments left out. */
export interface ProtoTokens {
  /** The next one, without taking it; empty at the end. */
  peek(): string;
  take(): string;
  /** Takes what is next if it is that. */
  takeIf(token: string): boolean;
  /** Takes all up to the end of a statement: to its `;`, or to the end of the block that it has. */
  skipStatement(): void;
}

export function protoTokens(text: string): ProtoTokens {
  const all = (text.match(pattern) ?? []).filter((one) => !one.startsWith('//') && !one.startsWith('/*'));
  let at = 0;
  const take = (): string => all[at++] ?? '';
  return {
    peek: () => all[at] ?? '',
    take,
    takeIf: (token) => {
      if (all[at] !== token) return false;
      at++;
      return true;
    },
    skipStatement: () => {
      let depth = 0;
      while (at < all.length) {
        const one = take();
        if (one === '{' || one === '[') depth++;
        else if (one === '}' || one === ']') depth--;
        if (depth <= 0 && (one === ';' || one === '}')) return;
      }
    },
  };
}
