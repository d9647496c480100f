/** JSON as tools write it: control characters within texts, commas after the last member, NaN. Undefined where not even so. */
export function parseLoose(text: string): { readonly value: unknown; readonly mended: boolean } | undefined {
  const strict = parsed(text);
  if (strict !== undefined) return { ...strict, mended: false };
  const mended = parsed(
    text
      // Between tokens a blank does as well.
      .replace(/[\u0000-\u001f]+/g, ' ')
      .replace(/,(?=\s*[}\]])/g, '')
      .replace(/(?<=[:[,]\s*)(?:NaN|-?Infinity|undefined)(?=\s*[,}\]])/g, 'null'),
  );
  return mended === undefined ? undefined : { ...mended, mended: true };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
