/** A JSON value as Python writes it, over several lines where it is big. `indent` is that of the line it begins on. */
export function pythonLiteral(value: unknown, indent = 0): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  // The escapes of JSON are all known to Python.
  if (typeof value !== 'object') return JSON.stringify(value);
  const items = Array.isArray(value)
    ? value.map((item) => pythonLiteral(item, indent + 4))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item, indent + 4)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const short = `${open}${items.join(', ')}${close}`;
  if (short.length + indent <= 88 && !short.includes('\n')) return short;
  const space = ' '.repeat(indent + 4);
  return `${open}\n${items.map((item) => `${space}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
}
