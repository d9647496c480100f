import { plain } from '../shared/text.ts';
import { stateTitles, stepTitles, type Step, type Troubleshooting } from '../shared/troubleshooting.ts';
import { exchangeReport, requestIds, type ExchangeContent, type ReportOrigin } from './exchangeReport.ts';

/** What a report is made of. All of it was redacted before it was stored. */
export interface ReportParts {
  readonly content: ExchangeContent;
  readonly troubleshooting: Troubleshooting;
  /** The exchange as HAR 1.2; null leaves it out. */
  readonly har: string | null;
  readonly origin: ReportOrigin;
}

/** A HAR that is longer goes beside a report, not into it. */
const longestHar = 60_000;
/** Mail programs and Windows itself cut longer links. */
const longestMail = 1600;

/** Markdown for a vendor's support or an issue: the call, what was checked and what came of it, and the HAR. */
export function troubleshootReport({ content, troubleshooting, har, origin }: ReportParts): string {
  const inline = har !== null && har.length <= longestHar ? har.trim() : null;
  return [
    exchangeReport(content, origin).trimEnd(),
    '',
    '### What was checked',
    '',
    ...checked(troubleshooting).map(stepLines),
    ...(inline === null ? [] : ['', '<details><summary>HAR</summary>', '', '```json', inline, '```', '', '</details>']),
    '',
  ].join('\n');
}

/** A mail with what support asks for first; `to` is an address, or empty. The whole report does not fit into a link. */
export function mailLink({ content: { exchange }, troubleshooting, origin }: ReportParts, to: string): string {
  const subject = `${exchange.method} ${exchange.host}${barePath(exchange.path)} answered with ${String(exchange.status ?? 'nothing')}`;
  const ids = requestIds(exchange.response?.headers ?? []).map(([name, value]) => `${name}: ${value}`);
  const body = [
    `Time: ${new Date(exchange.startedAt).toISOString()}`,
    ...ids,
    ...(exchange.model === null ? [] : [`Model: ${exchange.model}`]),
    ...(exchange.diagnosis === null ? [] : [`Refusal: ${plain(exchange.diagnosis.summary)}`]),
    '',
    'What was checked:',
    ...checked(troubleshooting).map((step, index) => `${String(index + 1)}. ${stepText(step)}`),
    '',
    `Tollgate ${origin.tollgate}, ${origin.editor}, ${origin.system}`,
    '',
    '(The full report with request, response and HAR is on the clipboard: paste it here.)',
  ].join('\r\n');
  const link = (text: string): string =>
    `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  let end = body.length;
  // A cut may go through what stands for one character.
  while (link(body.slice(0, end)).length > longestMail + to.length && end > 0) end -= 20;
  return link(body.slice(0, end).replace(/[\ud800-\udbff]$/, ''));
}

/** A step in one line. */
export function stepText({ name, state, sentences }: Step): string {
  return `${plain(stepTitles[name])}: ${plain(stateTitles[state])}. ${sentences.map(plain).join(' ')}`;
}

/** The file name of a report, without its extension. */
export function reportName({ exchange }: ExchangeContent): string {
  const host = exchange.host.replace(/[^\w.-]/g, '_');
  const time = new Date(exchange.startedAt).toISOString().slice(0, 19).replaceAll(':', '');
  return `tollgate-${host}-${time}`;
}

/** How to contact somebody is of no use to him. */
function checked({ steps }: Troubleshooting): readonly Step[] {
  return steps.filter(({ name, state }) => name !== 'contact' && state !== 'running');
}

function stepLines(step: Step): string {
  const { name, state, sentences, facts } = step;
  const head = `- **${plain(stepTitles[name])}**: ${plain(stateTitles[state])}. ${sentences.map(plain).join(' ')}`;
  return [head, ...facts.map((one) => `  - ${plain(one.name)}: ${plain(one.value)}`)].join('\n');
}

function barePath(path: string): string {
  return path.split('?', 1)[0] ?? '';
}
