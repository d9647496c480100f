// Builds everything that ships, and holds the bundles to their budgets and bans.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** ESM bundles of CommonJS packages still call `require`. */
const requireBanner = {
  js: "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);",
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
  mainFields: ['module', 'main'],
  legalComments: 'none',
};
const node = { ...common, platform: 'node', target: 'node22.15', format: 'esm', banner: requireBanner };

/** The command line starts the gateway's own bundle instead of carrying a second one. */
const gatewayIsItsOwnBundle = {
  name: 'gateway-is-its-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/gateway\/main\.ts$/ }, () => ({ path: './gateway.js', external: true }));
  },
};

/** JSON Web Tokens are not everybody's matter: loaded when the first is issued or shown. */
const tokensAreTheirOwnBundle = {
  name: 'tokens-are-their-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/joseTokens\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './tokens.js', external: true },
    );
  },
};

/** What the extension needs only now and then is loaded when it is asked for. */
const expertiseIsItsOwnBundle = {
  name: 'expertise-is-its-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/expertise\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './expertise.cjs', external: true },
    );
  },
};

/** So is what of capture is for people who ask, and for debuggers. */
const captureToolsAreTheirOwnBundle = {
  name: 'capture-tools-are-their-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/captureTools\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './captureTools.cjs', external: true },
    );
  },
};

/** And what is for prompts and models. */
const aiToolsAreTheirOwnBundle = {
  name: 'ai-tools-are-their-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/aiTools\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './aiTools.cjs', external: true },
    );
  },
};

/** And what people do now and then. */
const deskIsItsOwnBundle = {
  name: 'desk-is-its-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/desk\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './desk.cjs', external: true },
    );
  },
};

/** Price lists are big, and are loaded when the first answer comes that tells what it used. */
const pricesAreTheirOwnBundle = {
  name: 'prices-are-their-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/prices\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './prices.js', external: true },
    );
  },
};

/** Prompts are not everybody's matter: what reads YAML and holds answers against schemas is loaded with the first. */
const promptsAreTheirOwnBundle = {
  name: 'prompts-are-their-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/promptDesk\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './prompts.js', external: true },
    );
  },
};

/** The AI SDK is big, and is loaded when a call comes that has to be translated. */
const translationIsItsOwnBundle = {
  name: 'translation-is-its-own-bundle',
  setup(build) {
    build.onResolve({ filter: /\/translated\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './translate.js', external: true },
    );
  },
};

/**
 * The editor's API, asked for once: each file's own `require` goes through the editor's loader and is copied name by
 * name, which took most of the time that the extension needs to load.
 */
const apiIsAskedForOnce = {
  name: 'api-is-asked-for-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ kind }) =>
      kind === 'require-call' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'api' },
    );
    build.onLoad({ filter: /.*/, namespace: 'api' }, async () => {
      const names = new Set();
      for (const file of await readdir('src/extension', { recursive: true }))
        if (file.endsWith('.ts'))
          for (const [, name] of (await readFile(path.join('src/extension', file), 'utf8')).matchAll(
            /\bvscode\.(\w+)/g,
          ))
            names.add(name);
      const lines = [...names].sort().map((name) => `export const ${name} = api.${name};`);
      return { contents: ["const api = require('vscode');", ...lines].join('\n'), resolveDir: path.resolve('.') };
    });
  },
};

const extension = {
  ...common,
  platform: 'node',
  target: 'node22.15',
  format: 'cjs',
  external: ['vscode'],
  // The extension host may be without `import()`.
  supported: { 'dynamic-import': false },
};

/** `kilobytes` is the budget of the minified bundle. */
const bundles = [
  {
    name: 'extension',
    kilobytes: 150,
    options: {
      ...extension,
      entryPoints: ['src/extension/extension.ts'],
      outfile: 'dist/extension.cjs',
      plugins: [
        expertiseIsItsOwnBundle,
        captureToolsAreTheirOwnBundle,
        aiToolsAreTheirOwnBundle,
        deskIsItsOwnBundle,
        apiIsAskedForOnce,
      ],
    },
  },
  {
    name: 'capture tools',
    kilobytes: 40,
    options: {
      ...extension,
      entryPoints: ['src/extension/captureTools.ts'],
      outfile: 'dist/captureTools.cjs',
      plugins: [expertiseIsItsOwnBundle, apiIsAskedForOnce],
    },
  },
  {
    name: 'AI tools',
    kilobytes: 50,
    options: {
      ...extension,
      entryPoints: ['src/extension/aiTools.ts'],
      outfile: 'dist/aiTools.cjs',
      plugins: [apiIsAskedForOnce],
    },
  },
  {
    name: 'expertise',
    kilobytes: 280,
    options: {
      ...extension,
      entryPoints: ['src/extension/expertise.ts'],
      outfile: 'dist/expertise.cjs',
      plugins: [apiIsAskedForOnce],
    },
  },
  {
    name: 'desk',
    kilobytes: 128,
    options: {
      ...extension,
      entryPoints: ['src/extension/desk.ts'],
      outfile: 'dist/desk.cjs',
      plugins: [expertiseIsItsOwnBundle, apiIsAskedForOnce],
    },
  },
  {
    name: 'gateway',
    kilobytes: 1400,
    options: {
      ...node,
      entryPoints: ['src/gateway/main.ts'],
      outfile: 'dist/gateway.js',
      plugins: [pricesAreTheirOwnBundle, translationIsItsOwnBundle, tokensAreTheirOwnBundle, promptsAreTheirOwnBundle],
    },
  },
  {
    // Most of both is the same. The store's must not load what reads files of strangers.
    name: 'store and session worker',
    kilobytes: 480,
    options: {
      ...node,
      entryPoints: {
        storeWorker: 'src/gateway/store/storeWorker.ts',
        sessionWorker: 'src/gateway/sessions/sessionWorker.ts',
      },
      outdir: 'dist',
      splitting: true,
      chunkNames: 'recording-[hash]',
      plugins: [pricesAreTheirOwnBundle],
    },
  },
  {
    name: 'gateway worker',
    kilobytes: 500,
    options: { ...node, entryPoints: ['src/gateway/workers/gatewayWorker.ts'], outfile: 'dist/gatewayWorker.js' },
  },
  {
    name: 'descriptions worker',
    kilobytes: 200,
    options: {
      ...node,
      entryPoints: ['src/gateway/lifecycle/description/workshopWorker.ts'],
      outfile: 'dist/workshopWorker.js',
    },
  },
  {
    name: 'access worker',
    kilobytes: 120,
    options: { ...node, entryPoints: ['src/gateway/access/accessWorker.ts'], outfile: 'dist/accessWorker.js' },
  },
  {
    name: 'tokens',
    kilobytes: 120,
    options: { ...node, entryPoints: ['src/gateway/access/joseTokens.ts'], outfile: 'dist/tokens.js' },
  },
  {
    name: 'prompts',
    kilobytes: 320,
    options: {
      ...node,
      entryPoints: ['src/gateway/prompts/promptDesk.ts'],
      outfile: 'dist/prompts.js',
      plugins: [pricesAreTheirOwnBundle, translationIsItsOwnBundle],
    },
  },
  {
    name: 'prices',
    kilobytes: 600,
    options: { ...node, entryPoints: ['src/gateway/cost/prices.ts'], outfile: 'dist/prices.js' },
  },
  {
    name: 'translation',
    kilobytes: 1400,
    options: { ...node, entryPoints: ['src/gateway/ai/translate/translated.ts'], outfile: 'dist/translate.js' },
  },
  {
    name: 'cli',
    kilobytes: 600,
    options: { ...node, entryPoints: ['src/cli/cli.ts'], outfile: 'dist/cli.js', plugins: [gatewayIsItsOwnBundle] },
  },
  {
    name: 'webview',
    kilobytes: 400,
    options: {
      ...common,
      platform: 'browser',
      target: 'es2023',
      format: 'esm',
      entryPoints: { panel: 'webview/panel.ts', promptRuns: 'webview/promptRuns.ts', detail: 'webview/detail.ts' },
      outdir: 'dist/webview',
      // Charts are a chunk that is loaded when they are looked at.
      splitting: true,
      chunkNames: '[name]-[hash]',
      loader: { '.ttf': 'file' },
      tsconfig: 'webview/tsconfig.json',
    },
  },
];

/** @returns what is wrong with a bundle, by its metafile. */
function violations(name, kilobytes, metafile) {
  const found = [];
  for (const [file, output] of Object.entries(metafile.outputs)) {
    if (!/\.(c|m)?js$/.test(file)) continue;
    const imports = output.imports.filter((one) => one.external).map((one) => one.path);
    const inputs = Object.keys(output.inputs);
    if (!['extension', 'capture tools', 'AI tools', 'desk'].includes(name) && imports.includes('vscode'))
      found.push(`${file} imports vscode; only bundles of the extension may.`);
    if (name !== 'gateway' && inputs.some((input) => input.includes('node_modules/undici/')))
      found.push(`${file} contains undici; only the gateway may.`);
    if (production && output.bytes > kilobytes * 1024)
      found.push(`${file} has ${Math.ceil(output.bytes / 1024)} KB; its budget is ${kilobytes} KB.`);
  }
  return found;
}

/** The JSON schemas of `tollgate.jsonc`, for its completion and hover, and of prompts' front matter, from the zod schemas. */
async function writeSchemas() {
  for (const [entry, name, made] of [
    ['src/shared/catalogueJsonSchema.ts', 'catalogueJsonSchema', 'tollgate.schema.json'],
    ['src/shared/promptFrontMatter.ts', 'promptJsonSchema', 'prompt.schema.json'],
  ]) {
    const out = `dist/${name}.mjs`;
    await esbuild.build({ ...node, entryPoints: [entry], outfile: out, sourcemap: false, metafile: false });
    const source = await import(path.resolve(out));
    await writeFile(`dist/${made}`, JSON.stringify(source[name](), null, 2) + '\n');
    await rm(out);
  }
}

async function copyAsTheyAre() {
  await cp('src/hooks', 'dist/hooks', { recursive: true, filter: (source) => !/\.(ts|md)$|__pycache__/.test(source) });
  await cp('src/gateway/ai/models.json', 'dist/models.json');
  await cp('node_modules/@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css');
  await cp('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');
}

if (!watch) await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });

if (watch) {
  for (const { options } of bundles) await (await esbuild.context(options)).watch();
} else {
  const found = [];
  for (const { name, kilobytes, options } of bundles) {
    const { metafile } = await esbuild.build(options);
    found.push(...violations(name, kilobytes, metafile));
    for (const [file, output] of Object.entries(metafile.outputs))
      if (!file.endsWith('.map'))
        console.log(`${file.padEnd(28)} ${String(Math.ceil(output.bytes / 1024)).padStart(6)} KB`);
  }
  if (found.length > 0) {
    for (const line of found) console.error(line);
    process.exitCode = 1;
  }
}
await writeSchemas();
await copyAsTheyAre();
