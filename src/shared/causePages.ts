import { billingPages } from './causePagesBilling.ts';
import { otherPages } from './causePagesOther.ts';
import type { Cause } from './finding.ts';
import { plain, text, type Text } from './text.ts';

/** What a diagnostic's code links to: one cause or warning, explained. */
export interface CausePage {
  /** A few words, as in "Out of credit". */
  readonly title: Text;
  readonly meaning: Text;
  /** The marks by which an answer is told to have this cause. */
  readonly recognisedBy: readonly Text[];
  /** What to do, best first. */
  readonly whatToDo: readonly Text[];
}

const pages: Readonly<Record<Cause, CausePage>> = { ...billingPages, ...otherPages };

/** A cause in a few words. */
export function causeTitle(cause: Cause): Text {
  return pages[cause].title;
}

/** The page as markdown, in the reader's language where `translate` knows it. */
export function causeMarkdown(cause: Cause, translate: (sentence: Text) => string = plain): string {
  return pageMarkdown(pages[cause], cause, translate);
}

/** A page as markdown; `code` is what leads to it. */
export function pageMarkdown(page: CausePage, code: string, translate: (sentence: Text) => string): string {
  const list = (sentences: readonly Text[], mark: (index: number) => string): string =>
    sentences.map((sentence, index) => `${mark(index)} ${translate(sentence)}`).join('\n');
  return [
    `# ${translate(page.title)}`,
    `\`${code}\``,
    translate(page.meaning),
    `## ${translate(headings.recognised)}`,
    list(page.recognisedBy, () => '-'),
    `## ${translate(headings.whatToDo)}`,
    list(page.whatToDo, (index) => `${String(index + 1)}.`),
    '',
  ].join('\n\n');
}

const headings = { recognised: text('How it is recognised'), whatToDo: text('What to do') };
