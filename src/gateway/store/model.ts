/** Longer names are no model's. */
const longest = 200;

/**
 * The model that a request asks for: the member `model` of its JSON body, or the segment after `models/` of its path,
 * where Gemini and some others have it. Null where there is none.
 */
export function modelOf(path: string, body: string | null): string | null {
  return (body?.trimStart().startsWith('{') ? modelIn(body) : null) ?? modelInPath(path);
}

function modelIn(body: string): string | null {
  // Parsing what is big or cut off would cost more than the name is worth; the first member of that name will do.
  const model = body.length < 131_072 ? parsedModel(body) : undefined;
  const name = model === undefined ? /"model"\s*:\s*"((?:[^"\\]|\\.){1,200})"/.exec(body)?.[1] : model;
  return typeof name === 'string' && name !== '' && name.length <= longest ? name : null;
}

function parsedModel(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && 'model' in parsed ? parsed.model : null;
  } catch {
    return undefined;
  }
}

function modelInPath(path: string): string | null {
  const name = /\/models\/([^/:?#]{1,200}):/.exec(path)?.[1];
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
