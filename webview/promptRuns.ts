import type { RunColumn, RunsState, RunsStrings, RunsWish } from '../src/shared/promptRuns.ts';
import './promptRuns.css';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const host = acquireVsCodeApi();
const strings = JSON.parse(document.body.dataset.strings ?? '{}') as RunsStrings;
const ask = (wish: RunsWish): void => host.postMessage(wish);

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

function button(label: string, onClick: () => void, className = ''): HTMLButtonElement {
  const made = element('button', className, label);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** What one column shows; its parts stay, so that a reader's place and selection do too. */
interface ColumnView {
  readonly root: HTMLElement;
  show(column: RunColumn): void;
}

function columnView(index: number): ColumnView {
  const model = element('h2', '');
  const state = element('span', 'state');
  state.setAttribute('role', 'status');
  const answer = element('pre', 'answer');
  answer.tabIndex = 0;
  const failure = element('p', 'failure');
  failure.setAttribute('role', 'alert');
  const facts = element('p', 'facts');
  const log = button(strings.log, () => ask({ wish: 'log', column: index }), 'link');
  const copy = button(strings.copy, () => ask({ wish: 'copy', column: index }), 'link');
  const root = element(
    'section',
    'column',
    element('header', '', model, state),
    failure,
    answer,
    element('footer', '', facts, element('span', 'actions', log, copy)),
  );
  return {
    root,
    show: (column) => {
      root.dataset.state = column.state;
      root.setAttribute('aria-label', column.model);
      answer.setAttribute('aria-label', strings.answerOf.replace('{0}', column.model));
      set(model, column.model);
      set(state, strings[column.state]);
      set(failure, column.failure ?? '');
      failure.hidden = column.failure === null;
      const follows = answer.scrollHeight - answer.scrollTop - answer.clientHeight < 24;
      // What is added is added, so that a selection holds.
      const before = answer.textContent;
      if (column.text.startsWith(before)) answer.append(column.text.slice(before.length));
      else answer.textContent = column.text;
      if (follows) answer.scrollTop = answer.scrollHeight;
      set(facts, [column.cost, column.tokens, column.time].filter((one) => one !== '').join(' · '));
      log.hidden = column.exchange === null;
      copy.hidden = column.text === '';
    },
  };
}

function set(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

const history = element('select', '');
history.setAttribute('aria-label', strings.history);
history.addEventListener('change', () => ask({ wish: 'show', run: history.value }));
const again = button(strings.again, () => ask({ wish: 'again' }), 'primary');
const compare = button(strings.compare, () => ask({ wish: 'compare' }));
const stop = button(strings.stop, () => ask({ wish: 'stop' }));
const title = element('h1', '');
const variables = element('dl', 'variables');
const columns = element('div', 'columns');
document.body.append(
  element('div', 'bar', title, history, element('span', 'actions', again, compare, stop)),
  variables,
  columns,
);

let shownRun = '';
let views: ColumnView[] = [];

function show({ runs, shown, running }: RunsState): void {
  history.replaceChildren(
    ...runs.map(({ id, label }) => {
      const option = element('option', '', label);
      option.value = id;
      option.selected = id === shown?.id;
      return option;
    }),
  );
  history.hidden = runs.length < 2;
  stop.hidden = !running;
  again.hidden = running;
  compare.hidden = running;
  if (shown === null) return;
  set(title, shown.prompt);
  if (shown.id !== shownRun || views.length !== shown.columns.length) {
    shownRun = shown.id;
    views = shown.columns.map((_, index) => columnView(index));
    columns.replaceChildren(...views.map(({ root }) => root));
    variables.replaceChildren(
      ...shown.variables.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]),
    );
  }
  for (const [index, column] of shown.columns.entries()) views[index]?.show(column);
}

window.addEventListener('message', ({ data }: MessageEvent<RunsState>) => show(data));
ask({ wish: 'state' });
