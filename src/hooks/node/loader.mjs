// Runs on Node's loader thread, before Node 22.15, where modules cannot be amended on the program's own.
import libraries from './libraries.cjs';

/** Amends the known libraries among the ECMAScript modules. */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module' || !url.includes('node_modules') || loaded.source == null) return loaded;
  try {
    const text = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source).toString('utf8');
    const source = libraries.amended(url, text, false);
    return source === text ? loaded : { ...loaded, source };
  } catch {
    return loaded;
  }
}
