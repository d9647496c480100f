import * as vscode from 'vscode';

/** A key that may stand in the front matter. `snippet` is what is put in. */
export interface PromptKey {
  readonly key: string;
  readonly description: string;
  readonly snippet: string;
}

/** The keys that may stand below a path of the front matter. */
export function promptKeys(path: readonly string[]): readonly PromptKey[] {
  const [top, , ...deeper] = path;
  if (top === undefined) return topKeys();
  if (top === 'parameters' && path.length === 1) return parameterKeys();
  if (top === 'variables' && path.length === 2 && deeper.length === 0) return variableKeys();
  return [];
}

const key = (name: string, snippet: string, description: string): PromptKey => ({
  ...{ key: name, description },
  snippet: `${name}: ${snippet}`,
});

function topKeys(): readonly PromptKey[] {
  return [
    key('model', '$0', vscode.l10n.t('The model, as provider/model, or an alias.')),
    key('description', '$0', vscode.l10n.t('What the prompt does.')),
    key('name', '$0', vscode.l10n.t('The last segment of its URL. By default the name of the file.')),
    key('publish', '${1|true,false|}', vscode.l10n.t('True serves it as POST /prompts/<name>.')),
    key(
      'parameters',
      '\n  temperature: ${1:0.2}',
      vscode.l10n.t('Parameters of the request, as in OpenAI’s chat completions.'),
    ),
    key('variables', '\n  ${1:name}: ${2:string}', vscode.l10n.t('Its variables, by name: a type, or more than that.')),
    key(
      'output',
      '\n  type: object\n  properties:\n    ${1:name}: { type: ${2:string} }\n  required: [$1]\n  additionalProperties: false',
      vscode.l10n.t('A JSON schema. Answers are then JSON that matches it.'),
    ),
    key('structured', '${1|schema,json,instructions|}', vscode.l10n.t('How the model is told of the output’s schema.')),
  ];
}

function parameterKeys(): readonly PromptKey[] {
  return [
    key('temperature', '${1:0.2}', vscode.l10n.t('How much chance there is in the choice of words, 0 to 2.')),
    key('top_p', '${1:0.9}', vscode.l10n.t('The share of likely words to choose from, 0 to 1.')),
    key('max_completion_tokens', '${1:500}', vscode.l10n.t('The longest answer, reasoning included, in tokens.')),
    key('max_tokens', '${1:500}', vscode.l10n.t('The longest answer in tokens, as older models have it.')),
    key('stop', '[${1}]', vscode.l10n.t('Where to stop.')),
    key('seed', '${1:1}', vscode.l10n.t('Makes answers repeatable, as far as the vendor does so.')),
    key('reasoning_effort', '${1|low,medium,high|}', vscode.l10n.t('How much it thinks before it answers.')),
    key('verbosity', '${1|low,medium,high|}', vscode.l10n.t('How much it says.')),
    key('presence_penalty', '${1:0}', vscode.l10n.t('Above 0: new subjects rather than old ones.')),
    key('frequency_penalty', '${1:0}', vscode.l10n.t('Above 0: fewer repetitions.')),
  ];
}

function variableKeys(): readonly PromptKey[] {
  return [
    key('type', '$0', vscode.l10n.t('What it holds.')),
    key('description', '$0', vscode.l10n.t('What it is for: shown when it is asked for.')),
    key('default', '$0', vscode.l10n.t('Its value where a request brings none.')),
    key('required', 'false', vscode.l10n.t('False lets requests leave it out.')),
    key('enum', '[$0]', vscode.l10n.t('The values to choose from.')),
    key('maxLength', '${1:2000}', vscode.l10n.t('Characters that it may have.')),
  ];
}
