import './detail.css';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const vscode = acquireVsCodeApi();
const live = document.querySelector('#live');
const form = document.querySelector('form');
const past = document.querySelector('#past');

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-do]') : null;
  if (button !== null) vscode.postMessage({ wish: button.getAttribute('data-do') });
});

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  vscode.postMessage({ values: valuesOf(form) });
  sent = true;
});

/** Whether what was typed is on its way to the file, which then comes back. */
let sent = false;

interface Parts {
  readonly live: string;
  readonly form: string;
  readonly past: string;
}

window.addEventListener('message', ({ data }: MessageEvent<Parts>) => {
  if (past !== null) replace(past, data.past);
  if (live !== null) replace(live, data.live);
  // What is being typed is not taken away.
  if (form !== null && (sent || !isChanged(form)) && replace(form, data.form)) sent = false;
});

/** @returns whether it said something else before. The keyboard stays where it is. */
function replace(element: Element, html: string): boolean {
  if (element.getAttribute('data-html') === html) return false;
  element.setAttribute('data-html', html);
  const { activeElement } = document;
  const focused = activeElement !== null && element.contains(activeElement) ? activeElement : null;
  const selector = focused?.id ? `#${focused.id}` : `[data-do="${focused?.getAttribute('data-do') ?? ''}"]`;
  element.innerHTML = html;
  if (focused !== null) element.querySelector<HTMLElement>(selector)?.focus();
  return true;
}

function isChanged(from: HTMLFormElement): boolean {
  return [...from.elements].some((element) => {
    if (element instanceof HTMLInputElement)
      return element.type === 'checkbox'
        ? element.checked !== element.defaultChecked
        : element.value !== element.defaultValue;
    if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
    return (
      element instanceof HTMLSelectElement && [...element.options].some((one) => one.selected !== one.defaultSelected)
    );
  });
}

/** In the order of the fields. */
function valuesOf(from: HTMLFormElement): readonly unknown[] {
  const fields = [...from.querySelectorAll('[id^="field-"]:not([id$="-hint"])')];
  return fields.map((field) => {
    if (field instanceof HTMLFieldSetElement)
      return [...field.querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)
      return field.value;
    return null;
  });
}
