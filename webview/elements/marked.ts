import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { token, withMarks } from '../body/lines.ts';
import { t } from '../strings.ts';

/** Text with what redaction put in marked as such. */
export function marked(text: string): readonly (TemplateResult | string)[] {
  return withMarks([token('plain', text)]).map((piece) => (piece.kind === 'mark' ? mark(piece.text) : piece.text));
}

/** What stands where a secret stood. */
export function mark(text: string): TemplateResult {
  return html`<span class="mark" title=${t('redacted')}>${text}</span>`;
}
