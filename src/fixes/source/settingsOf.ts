import { dotenvSettings } from './dotenv.ts';
import { httpSettings } from './httpFile.ts';
import { jsonSettings } from './jsonSettings.ts';
import { formatOf } from './language.ts';
import type { Setting } from './setting.ts';
import { yamlSettings } from './yaml.ts';

const read = new WeakMap<object, readonly Setting[] | null>();

/** All settings of a text that is data, not code; null for code and for what cannot be read. */
export function settingsOf(document: {
  readonly text: string;
  readonly languageId: string;
}): readonly Setting[] | null {
  let settings = read.get(document);
  if (settings === undefined) {
    settings = readAll(document.text, document.languageId);
    read.set(document, settings);
  }
  return settings;
}

function readAll(text: string, languageId: string): readonly Setting[] | null {
  switch (formatOf(languageId)) {
    case 'yaml':
      return yamlSettings(text);
    case 'dotenv':
      return dotenvSettings(text);
    case 'http':
      return httpSettings(text);
    case null:
      return languageId === 'json' || languageId === 'jsonc' ? jsonSettings(text, 0, text.length, []) : null;
  }
}
