'use strict';

/**
 * Clients that leave their caller's stack before they send. What they offer their users is made to carry the caller
 * along (`adopt.cjs`), by a statement after the end of the module, so that no line moves.
 *
 * - `file`: what follows the last `node_modules/`; `contains`: what the text must hold besides.
 * - `names`: what the statement hands over from the module's scope; by default all that it exports.
 * - `methods`, `statics`, `fields`: of the classes among those (`own`: all of them). `functions`: declared functions, replaced.
 * - `born`, `sends`: a member that the constructor assigns, where the user makes the object, and the method that sends it.
 * - `tests`: what of `tests.cjs` gets the class, of a test runner.
 * - `family`: the paths of the libraries that do the work; by default the package itself.
 */
const libraries = [
  {
    // Clients that Stainless generates: openai, @anthropic-ai/sdk, groq-sdk and many more.
    file: /^(@[^/]+\/)?[^/]+\/(dist\/|core\/)?(client|core)\.m?js$/,
    contains: 'makeRequest(',
    methods: [
      ...['get', 'post', 'put', 'patch', 'delete', 'methodRequest', 'request', 'getAPIList', 'requestAPIList'],
      ...['makeTracedRequest', 'makeRequest'],
    ],
  },
  {
    // Clients that Speakeasy generates: @mistralai/mistralai and more.
    file: /^(@[^/]+\/)?[^/]+\/(esm\/|dist\/(esm\/|commonjs\/)?)?sdk\/[^/]+\.js$/,
    contains: 'unwrapAsync(',
    methods: 'own',
  },
  {
    file: /^axios\/(lib\/core\/Axios\.js|dist\/.*\.cjs)$/,
    names: ['Axios'],
    methods: ['request', '_request'],
    family: /\/node_modules\/(axios|follow-redirects)\//,
  },
  { file: /^got\/dist\/source\/core\/index\.js$/, names: ['Request'], methods: ['flush'] },
  { file: /^ky\/(distribution|dist)\/core\/Ky\.js$/, names: ['Ky'], statics: ['create'] },
  {
    // Sent once it is awaited, from a job without a caller.
    file: /^superagent\/lib\/node\/index\.js$/,
    names: ['Request'],
    born: 'url',
    sends: 'request',
  },
  {
    // The same.
    file: /^@supabase\/postgrest-js\/dist\/index\.[cm]js$/,
    names: ['PostgrestBuilder'],
    born: 'url',
    sends: 'then',
    family: /\/node_modules\/@supabase\//,
  },
  {
    // Including what others publish for it.
    file: /^@langchain\/[^/]+\/dist\/(embeddings|vectorstores|(runnables|language_models|retrievers|tools)\/\w+)\.c?js$/,
    methods: ['invoke', 'stream', 'batch', 'streamEvents', 'transform', 'generate', 'embedQuery', 'embedDocuments'],
    family: /\/node_modules\/(@langchain\/[^/]+|langchain)\//,
  },
  { file: /^node-fetch\/src\/index\.js$/, functions: ['fetch'] },
  {
    file: /^stripe\/(esm|cjs|lib)\/RequestSender\.js$/,
    names: ['RequestSender'],
    methods: ['_request', '_rawRequest'],
  },
  {
    file: /^ai\/dist\/index\.m?js$/,
    functions: [
      ...['generateText', 'streamText', 'generateObject', 'streamObject', 'embed', 'embedMany', 'generateImage'],
      ...['experimental_generateImage', 'rerank', 'transcribe', 'experimental_transcribe', 'generateSpeech'],
    ],
    family: /\/node_modules\/(ai|@ai-sdk\/[^/]+)\//,
  },
  {
    file: /^@google\/genai\/dist\/node\/index\.[cm]js$/,
    names: ['ApiClient', 'Models', 'Chat'],
    methods: ['request', 'requestStream', 'sendMessage', 'sendMessageStream'],
    fields: [
      ...['generateContent', 'generateContentStream', 'embedContent', 'generateImages', 'editImage', 'upscaleImage'],
      ...['generateVideos', 'list', 'countTokens', 'computeTokens'],
    ],
  },
  // Under a limit on connections, undici's pools send a request from the end of another.
  { file: /^undici\/lib\/(dispatcher\/)?pool-base\.js$/, names: ['PoolBase', 'kDispatch'], methods: ['kDispatch'] },
  { file: /^undici\/lib\/(dispatcher\/)?dispatcher-base\.js$/, names: ['DispatcherBase'], methods: ['dispatch'] },
  { file: /^undici\/index\.js$/, statics: ['fetch'] },
  { file: /^mocha\/lib\/runnable\.js$/, names: ['Runnable'], tests: 'watchMocha' },
  {
    file: /^(jest-environment-(node|jsdom)|@jest\/environment-jsdom-abstract)\/build\/index\.js$/,
    tests: 'watchJest',
  },
];

const declared = /^export (?:default )?(?:(?:var|let|const|class)|(?:async )?function) +(\w+)/gm;
const listed = /^export \{([^}]*)\}(?! *from)/gm;

/** What follows the last `node_modules/` of a path or URL; empty where there is none. */
function withinModules(file) {
  const at = file.lastIndexOf('node_modules');
  if (at === -1) return '';
  const inside = file.slice(at + 'node_modules/'.length);
  return inside.replaceAll('\\', '/').replace(/[?#].*$/, '');
}

/** Whether a file, by its path or URL, is one that may be amended. */
function isKnown(file) {
  const inside = withinModules(file);
  return inside !== '' && libraries.some((library) => library.file.test(inside));
}

/** The text of a module with the statement behind it, or as it is where none applies. */
function amended(file, text, isCommonJs) {
  const inside = withinModules(file);
  const number = libraries.findIndex((library) => library.file.test(inside));
  const library = libraries[number];
  if (library === undefined || (library.contains !== undefined && !text.includes(library.contains))) return text;
  const origin = `${number},${JSON.stringify(/^(@[^/]+\/)?[^/]+/.exec(inside)[0])}`;
  return `${text}\n;${replacements(library, text, origin)}${handOver(library, text, origin, isCommonJs)}`;
}

const hook = 'globalThis[Symbol.for("tollgate.hook")]';

function replacements({ functions = [] }, text, origin) {
  return functions
    .filter((name) => text.includes(`function ${name}(`))
    .map((name) => `try{${name}=${hook}.carry(${origin},${name})}catch{}`)
    .join('');
}

function handOver({ functions, names }, text, origin, isCommonJs) {
  if (functions !== undefined) return '';
  const wanted = names ?? (isCommonJs ? ['module'] : exportedBy(text));
  const scope = wanted.map((name) => `${name}:typeof ${name}=="undefined"?void 0:${name}`);
  return `try{${hook}.adopt(${origin},{${scope.join()}})}catch{}`;
}

/** What a module calls what it exports. */
function exportedBy(text) {
  const lists = [...text.matchAll(listed)].flatMap(([, list]) => list.match(/\w+(?: +as +\w+)?/g) ?? []);
  const names = [...text.matchAll(declared)].map(([, name]) => name);
  return [...new Set([...names, ...lists.map((entry) => entry.replace(/ .*/, ''))])];
}

module.exports = { amended, isKnown, libraries, withinModules };
