import path from 'node:path';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom: for each folder, the folders of ours it may reach, and whether Node or vscode is allowed.
 * The same table stands in src/README.md.
 */
const layers = [
  { folder: 'src/shared', may: [], node: false, vscode: false },
  { folder: 'src/providers', may: ['shared'], node: false, vscode: false },
  { folder: 'src/requests', may: ['shared'], node: false, vscode: false },
  { folder: 'src/rules', may: ['shared', 'providers'], node: false, vscode: false },
  { folder: 'src/forecast', may: ['shared', 'providers', 'rules'], node: false, vscode: false },
  { folder: 'src/fixes', may: ['shared', 'providers', 'rules'], node: false, vscode: false },
  { folder: 'src/simulations', may: ['shared', 'providers'], node: false, vscode: false },
  { folder: 'src/search', may: ['shared', 'providers'], node: false, vscode: false },
  { folder: 'src/troubleshoot', may: ['shared', 'providers'], node: false, vscode: false },
  {
    folder: 'src/gateway',
    may: ['shared', 'providers', 'rules', 'simulations', 'forecast'],
    node: true,
    vscode: false,
  },
  {
    folder: 'src/cli',
    may: ['shared', 'providers', 'rules', 'fixes', 'gateway', 'search', 'requests', 'simulations', 'troubleshoot'],
    node: true,
    vscode: false,
  },
  {
    folder: 'src/extension',
    may: ['shared', 'providers', 'fixes', 'remotes', 'requests', 'search', 'simulations', 'troubleshoot'],
    node: true,
    vscode: true,
  },
  { folder: 'webview', may: ['shared', 'requests'], node: false, vscode: false },
];
const folders = [
  'shared',
  'providers',
  'requests',
  'rules',
  'fixes',
  'simulations',
  'troubleshoot',
  'gateway',
  'cli',
  'extension',
  'remotes',
  'hooks',
  'webview',
];

const wall = {
  meta: { type: 'problem', schema: [{ type: 'array' }], messages: { wall: '{{message}}' } },
  create(context) {
    const [table] = context.options;
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const layer = table.find(({ folder }) => file.startsWith(`${folder}/`));
    if (layer === undefined) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const problem = wrong(layer, file, source);
      if (problem !== null) context.report({ node, messageId: 'wall', data: { message: problem } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

function wrong(layer, file, source) {
  const own = layer.folder.replace(/^src\//, '');
  if (source === 'vscode')
    return layer.vscode ? null : `Only src/extension may import vscode; pass values into ${layer.folder} instead.`;
  if (source.startsWith('node:'))
    return layer.node ? null : `${layer.folder} runs everywhere, so it cannot import ${source}.`;
  if (!source.startsWith('.')) {
    if (source.startsWith('undici') && layer.folder !== 'src/gateway') return 'Only src/gateway may import undici.';
    if (layer.folder === 'src/shared' && !/^(zod|jsonc-parser)\b/.test(source))
      return 'src/shared imports nothing but zod and jsonc-parser.';
    return null;
  }
  const target = path.posix.join(path.posix.dirname(file), source);
  const other = folders.find((name) => target.startsWith(`src/${name}/`) || target.startsWith(`${name}/`));
  if (other === undefined || other === own || layer.may.includes(other)) return null;
  return `${layer.folder} may not import ${other}; it may import ${layer.may.join(', ') || 'nothing of ours'}. See src/README.md.`;
}

export default tseslint.config(
  { ignores: ['dist/', '.vscode-test/', 'node_modules/', 'test/fixtures/', '**/*.cjs', '**/*.mjs'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './webview/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    plugins: { tollgate: { rules: { wall } } },
    rules: {
      'tollgate/wall': ['error', layers],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      // Programs under test are written as people write them, older names of vendors included.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
);
