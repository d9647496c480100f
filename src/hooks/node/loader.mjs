// Runs on Node's loader thread, before Node 22.15, where modules cannot be amended on the program's own.
import libraries from './libraries.cjs';

/** Amends the known libraries among the ECMAScript modules. */
export async function load(url, context, nextLoad) {
  const found = await nextLoad(url, context);
  try {
    if (found.format !== 'module' || found.source == null || !libraries.isKnown(url)) return found;
    const text = typeof found.source === 'string' ? found.source : Buffer.from(found.source).toString('utf8');
    return { ...found, source: libraries.amended(url, text, false) };
  } catch {
    return found;
  }
}
