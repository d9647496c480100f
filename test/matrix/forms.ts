import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import ts from 'typescript';
import type { Bench, Runtime } from '../hooks/program.ts';

/** What is run for a form: `source` is the file whose lines are to be found. */
interface Prepared {
  readonly source: string;
  /** Of `node`. */
  readonly parameters: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** A way in which a program in TypeScript comes to run. */
export interface TypedForm {
  readonly name: string;
  readonly runs: (runtime: Runtime) => boolean;
  /** `text` exports `calls()`; `packages` is the `node_modules` of the matrix. */
  readonly prepare: (bench: Bench, text: string, packages: string) => Prepared | Promise<Prepared>;
}

const always = (): boolean => true;
const called = (text: string): string => `${text}void calls();\n`;
const tool = (packages: string, file: string): string => path.join(packages, file);

/** Node, transpilers in memory, compilers with maps, bundlers and test runners. */
export const typedForms: readonly TypedForm[] = [
  {
    name: 'types stripped',
    runs: ({ major }) => major >= 23,
    prepare: (bench, text) => {
      const source = bench.write('app/program.mts', called(text));
      return { source, parameters: ['--disable-warning=ExperimentalWarning', source] };
    },
  },
  {
    name: 'tsx ESM',
    runs: always,
    prepare: (bench, text, packages) => {
      const source = bench.write('app/program.mts', called(text));
      return { source, parameters: ['--import', `file://${tool(packages, 'tsx/dist/esm/index.mjs')}`, source] };
    },
  },
  {
    name: 'tsx CJS',
    runs: always,
    prepare: (bench, text, packages) => {
      bench.write('app/package.json', '{"type":"commonjs"}');
      const source = bench.write('app/program.ts', called(text));
      return { source, parameters: [tool(packages, 'tsx/dist/cli.mjs'), source] };
    },
  },
  {
    name: 'ts-node',
    runs: always,
    prepare: (bench, text, packages) => {
      bench.write('app/tsconfig.json', tsconfig);
      const source = bench.write('app/program.ts', called(text));
      return { source, parameters: [tool(packages, 'ts-node/dist/bin-transpile.js'), source] };
    },
  },
  {
    name: 'tsc, map',
    runs: always,
    prepare: (bench, text) => {
      const source = bench.write('app/src/program.ts', called(text));
      const { outputText, sourceMapText = '' } = ts.transpileModule(called(text), {
        fileName: 'program.ts',
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.CommonJS,
          esModuleInterop: true,
          sourceMap: true,
        },
      });
      const map = { ...(JSON.parse(sourceMapText) as object), sources: ['../src/program.ts'] };
      bench.write('app/dist/program.js.map', JSON.stringify(map));
      return { source, parameters: [bench.write('app/dist/program.js', outputText)] };
    },
  },
  bundled('esbuild, packages outside', { packages: 'external' }),
  bundled('esbuild, whole', {}),
  bundled('esbuild, minified', { minify: true }),
  {
    name: 'webpack',
    runs: always,
    prepare: async (bench, text, packages) => {
      const source = bench.write('app/src/program.ts', called(text));
      bench.write('app/package.json', '{"name":"app"}');
      const loader = bench.write('app/loader.cjs', webpackLoader(path.resolve(packages, '../../../node_modules')));
      const runner = bench.write('app/pack.cjs', webpackRunner(tool(packages, 'webpack'), loader));
      await bench.run(thisNode(), [runner], { NODE_OPTIONS: '' });
      return { source, parameters: [path.join(bench.folder, 'app/dist/main.cjs')] };
    },
  },
  {
    name: 'node:test, tsx',
    runs: always,
    prepare: (bench, text, packages) => {
      const source = bench.write('app/program.test.mts', tested(text, `import { test } from 'node:test';`));
      return {
        source,
        parameters: ['--import', `file://${tool(packages, 'tsx/dist/esm/index.mjs')}`, '--test', source],
      };
    },
  },
  {
    name: 'mocha, tsx',
    runs: always,
    prepare: (bench, text, packages) => {
      const source = bench.write('app/program.test.mts', tested(text, '').replace("test('calls'", "it('calls'"));
      const mocha = path.join(bench.folder, 'node_modules/mocha/bin/mocha.js');
      const loader = `file://${tool(packages, 'tsx/dist/esm/index.mjs')}`;
      return { source, parameters: ['--import', loader, mocha, '--timeout', '60000', source] };
    },
  },
  {
    name: 'vitest',
    runs: ({ major }) => major >= 22,
    prepare: (bench, text, packages) => {
      const source = bench.write('app/program.test.ts', tested(text, `import { test } from 'vitest';`));
      const parameters = [tool(packages, 'vitest/vitest.mjs'), 'run', '--root', path.join(bench.folder, 'app')];
      return { source, parameters: [...parameters, '--testTimeout', '60000'] };
    },
  },
  {
    name: 'jest, ts-jest',
    runs: always,
    prepare: (bench, text, packages) => {
      bench.write('app/package.json', '{"name":"app"}');
      bench.write('app/tsconfig.json', tsconfig);
      bench.write('jest.config.cjs', jestConfig(packages, path.join(bench.folder, 'node_modules')));
      const source = bench.write('app/program.test.ts', tested(text, ''));
      return { source, parameters: [tool(packages, 'jest/bin/jest.js'), '--testTimeout', '60000'] };
    },
  },
];

const tsconfig = JSON.stringify({
  compilerOptions: { target: 'ES2022', module: 'CommonJS', esModuleInterop: true, isolatedModules: true },
});

function tested(text: string, first: string): string {
  // On the first line, that no line moves.
  return `${text.replace(/^\/\/ /, `${first} // `)}test('calls', calls, 60_000);\n`;
}

function bundled(name: string, options: BuildOptions): TypedForm {
  return {
    name,
    runs: always,
    prepare: async (bench, text) => {
      const source = bench.write('app/src/program.ts', called(text));
      const outfile = path.join(bench.folder, 'app/dist/program.cjs');
      const common: BuildOptions = { bundle: true, platform: 'node', sourcemap: true, logLevel: 'error' };
      await build({ entryPoints: [source], outfile, ...common, ...options });
      return { source, parameters: [outfile] };
    },
  };
}

function thisNode(): Runtime {
  return { name: 'this Node', file: process.execPath, major: 24 };
}

/** esbuild's transform, as `esbuild-loader` does. */
function webpackLoader(modules: string): string {
  const options = `{ loader: 'ts', sourcemap: true, sourcefile: this.resourcePath, target: 'node18' }`;
  return `module.exports = function (text) {
  const { transformSync } = require(${JSON.stringify(path.join(modules, 'esbuild'))});
  const { code, map } = transformSync(text, ${options});
  this.callback(null, code, JSON.parse(map));
};`;
}

function webpackRunner(webpack: string, loader: string): string {
  return `const path = require('node:path');
require(${JSON.stringify(webpack)})({
  mode: 'production', target: 'node', devtool: 'source-map', entry: './src/program.ts', context: __dirname,
  output: { path: path.join(__dirname, 'dist'), filename: 'main.cjs' },
  resolve: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  module: { rules: [{ test: /\\.ts$/, exclude: /node_modules/, use: ${JSON.stringify(loader)} }] },
}, (error, stats) => {
  if (error || stats.hasErrors()) { console.error(String(error ?? stats.toString())); process.exitCode = 1; }
});`;
}

function jestConfig(packages: string, modules: string): string {
  return `module.exports = {
  rootDir: 'app', testEnvironment: 'node', modulePaths: ${JSON.stringify([modules, packages])},
  transform: { '^.+\\\\.ts$': [${JSON.stringify(path.join(packages, 'ts-jest'))}, { diagnostics: false }] },
};`;
}
