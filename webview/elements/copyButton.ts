import type { TemplateResult } from 'lit';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { iconButton } from './icon.ts';

/** A button that copies, and says for a moment that it did. `what` tells it from the others. */
export function copyButton(
  model: LogModel,
  what: string,
  label: string,
  make: () => string | Promise<string>,
): TemplateResult {
  const done = model.clip.copied === what;
  return iconButton(done ? 'check' : 'copy', done ? t('copied') : label, () => model.clip.copy(what, make));
}
