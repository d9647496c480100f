import type { Detail, Field, Option } from './detail.ts';

/** A row of a list, in words. */
export interface RowWords {
  readonly label: string;
  readonly description: string;
}

/** What the page says that is not the detail's own. */
export interface DetailStrings {
  readonly save: string;
  readonly change: string;
  readonly history: string;
  readonly facts: string;
  readonly actions: string;
}

/** What has happened to it. */
export interface HistoryLine {
  readonly when: string;
  readonly what: string;
}

/** What changes by itself: state, facts, what belongs to it. Buttons say by number what they want. */
export function liveHtml(detail: Detail, lists: readonly (readonly RowWords[])[], strings: DetailStrings): string {
  const { title, subtitle, state, actions, facts } = detail;
  const badge = state === null ? '' : ` <span class="state ${state.tone}">${escaped(state.label)}</span>`;
  const buttons = actions.map(
    ({ label, icon }, index) =>
      `<button type="button" data-do="run ${index}"><span class="codicon codicon-${icon}" aria-hidden="true"></span>${escaped(label)}</button>`,
  );
  const terms = facts.map(
    ({ label, value, share }) =>
      `<dt>${escaped(label)}</dt><dd>${escaped(value)}${share === undefined ? '' : meter(share)}</dd>`,
  );
  const sections = detail.lists.map((list, at) => {
    const rows = (lists[at] ?? []).map(
      ({ label, description }, index) =>
        `<li><button type="button" class="row" data-do="open ${at} ${index}">${escaped(label)} <span class="quiet">${escaped(description)}</span></button></li>`,
    );
    const content = rows.length === 0 ? `<p class="quiet">${escaped(list.empty)}</p>` : `<ul>${rows.join('')}</ul>`;
    return section(list.title, content);
  });
  return [
    `<h1>${escaped(title)}${badge}</h1><p class="quiet">${escaped(subtitle)}</p>`,
    buttons.length === 0
      ? ''
      : `<div class="actions" role="group" aria-label="${escaped(strings.actions)}">${buttons.join('')}</div>`,
    terms.length === 0 ? '' : `<dl aria-label="${escaped(strings.facts)}">${terms.join('')}</dl>`,
    ...sections,
  ].join('');
}

/** What happened to it, the last first. */
export function pastHtml(history: readonly HistoryLine[], strings: DetailStrings): string {
  if (history.length === 0) return '';
  const lines = history.map(
    ({ when, what }) => `<li><span class="quiet">${escaped(when)}</span> ${escaped(what)}</li>`,
  );
  return section(strings.history, `<ol class="past">${lines.join('')}</ol>`);
}

/** What can be changed. */
export function formHtml({ form }: Detail, strings: DetailStrings): string {
  if (form === null) return '';
  const fields = form.fields.map((field, index) => fieldHtml(field, `field-${String(index)}`));
  return `<h2>${escaped(strings.change)}</h2>${fields.join('')}<p><button type="submit" class="primary">${escaped(strings.save)}</button></p>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

function meter(share: number): string {
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warning' : 'good';
  // Widths go by classes, for styles within the page are not allowed.
  return ` <span class="meter ${tone}" aria-hidden="true"><span class="w${String(Math.round(share * 20))}"></span></span>`;
}

function fieldHtml(field: Field, id: string): string {
  const { label, hint } = field;
  const described = hint === undefined ? '' : ` aria-describedby="${id}-hint"`;
  const help = hint === undefined ? '' : `<span class="hint" id="${id}-hint">${escaped(hint)}</span>`;
  const common = `id="${id}" name="${id}"${described}`;
  switch (field.kind) {
    case 'check':
      return `<div class="field check"><input type="checkbox" ${common}${field.value ? ' checked' : ''}><label for="${id}">${escaped(label)}</label>${help}</div>`;
    case 'choices':
      return `<fieldset class="field" id="${id}"${described}><legend>${escaped(label)}</legend>${boxes(field.options, field.value, id)}${help}</fieldset>`;
    case 'choice':
      return wrapped(id, label, help, `<select ${common}>${options(field.options, field.value)}</select>`);
    case 'area':
      return wrapped(id, label, help, `<textarea rows="3" ${common}>${escaped(field.value)}</textarea>`);
    case 'number':
      return wrapped(
        id,
        label,
        help,
        `<input type="number" min="0" step="${field.step}" value="${escaped(field.value)}" ${common}>`,
      );
    case 'list':
      return wrapped(id, label, help, `<input type="text" value="${escaped(field.value)}" ${common}>`);
    case 'text': {
      const pattern = field.pattern === undefined ? '' : ` pattern="${escaped(field.pattern)}"`;
      return wrapped(id, label, help, `<input type="text" value="${escaped(field.value)}"${pattern} ${common}>`);
    }
  }
}

function wrapped(id: string, label: string, help: string, input: string): string {
  return `<div class="field"><label for="${id}">${escaped(label)}</label>${input}${help}</div>`;
}

function options(all: readonly Option[], chosen: string): string {
  return all
    .map(
      ({ value, label }) =>
        `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`,
    )
    .join('');
}

function boxes(all: readonly Option[], chosen: readonly string[], name: string): string {
  return all
    .map(({ value, label }) => {
      const checked = chosen.includes(value) ? ' checked' : '';
      return `<label><input type="checkbox" name="${name}" value="${escaped(value)}"${checked}> ${escaped(label)}</label>`;
    })
    .join('');
}

/** The page around them. Nothing remote, nothing inline. */
export function pageHtml(page: {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  readonly language: string;
  readonly title: string;
  readonly live: string;
  readonly form: string;
}): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    `font-src ${page.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)}</title>
<link rel="stylesheet" href="${escaped(page.icons)}">
<link rel="stylesheet" href="${escaped(page.style)}">
</head>
<body>
<main>
<div id="live">${page.live}</div>
<form id="form" novalidate>${page.form}</form>
<div id="past"></div>
</main>
<script type="module" nonce="${escaped(page.nonce)}" src="${escaped(page.script)}"></script>
</body>
</html>
`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
