import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** A name and what it stands for. */
export interface Fact {
  readonly name: string;
  readonly value: unknown;
}

/** Facts under a heading, names to the left. */
export function factTable(title: string, facts: readonly Fact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`<section>
    ${title === '' ? nothing : html`<h3>${title}</h3>`}
    <dl>
      ${facts.map(
        ({ name, value }) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
}
