/** The formats of settings and requests that fixes read line by line, not token by token. */
export type Format = 'yaml' | 'dotenv' | 'http';

const formats: Readonly<Record<string, Format>> = {
  yaml: 'yaml',
  dockercompose: 'yaml',
  dotenv: 'dotenv',
  env: 'dotenv',
  http: 'http',
  rest: 'http',
};

const byName: readonly (readonly [RegExp, string])[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/(?:^|[\\/])\.env(?:\.[^\\/]+)?$|\.env$/i, 'dotenv'],
  [/\.(?:http|rest)$/i, 'http'],
  [/\.jsonc?$/i, 'json'],
  [/\.pyi?$/i, 'python'],
  [/\.[cm]?tsx?$/i, 'typescript'],
  [/\.[cm]?jsx?$/i, 'javascript'],
];

/** The language of a file: by its name where that is plain, for an editor may know `.env` and `.http` as mere text. */
export function languageOf(file: string, otherwise: string): string {
  return byName.find(([name]) => name.test(file))?.[1] ?? otherwise;
}

/** The format of a VS Code language id, or null for one that is read otherwise or not at all. */
export function formatOf(languageId: string): Format | null {
  return Object.hasOwn(formats, languageId) ? (formats[languageId] ?? null) : null;
}
