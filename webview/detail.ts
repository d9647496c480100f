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
  showProblems(form, []);
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

interface Refused {
  /** In the order of the fields; null where nothing is wrong. */
  readonly problems: readonly (string | null)[];
}

window.addEventListener('message', ({ data }: MessageEvent<Parts | Refused>) => {
  if ('problems' in data) {
    if (form !== null) showProblems(form, data.problems);
    sent = false;
    return;
  }
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

/** Each at its field, which screen readers read with it; the first gets the keyboard. */
function showProblems(from: HTMLFormElement, problems: readonly (string | null)[]): void {
  for (const old of from.querySelectorAll('.problem')) old.remove();
  const fields = fieldsOf(from);
  fields.forEach((field, index) => {
    const problem = problems[index] ?? null;
    const about = `${field.id}-problem`;
    const hints = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== '' && id !== about);
    field.toggleAttribute('aria-invalid', false);
    if (problem !== null) {
      const words = document.createElement('span');
      words.className = 'problem';
      words.id = about;
      words.textContent = problem;
      field.after(words);
      field.setAttribute('aria-invalid', 'true');
      hints.unshift(about);
    }
    if (hints.length > 0) field.setAttribute('aria-describedby', hints.join(' '));
    else field.removeAttribute('aria-describedby');
  });
  fields.find((_, index) => problems[index] != null)?.focus();
}

function fieldsOf(from: HTMLFormElement): readonly HTMLElement[] {
  return [...from.querySelectorAll<HTMLElement>('[id^="field-"]:not(.hint, .problem)')];
}

/** In the order of the fields. */
function valuesOf(from: HTMLFormElement): readonly unknown[] {
  return fieldsOf(from).map((field) => {
    // What is no number reads as if nothing was typed.
    if (field instanceof HTMLInputElement && field.validity.badInput) return '?';
    if (field instanceof HTMLFieldSetElement)
      return [...field.querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)
      return field.value;
    return null;
  });
}
