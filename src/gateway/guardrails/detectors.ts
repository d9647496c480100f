import { providers } from '../../providers/index.ts';
import type { Detector } from '../../shared/catalogueGuardrails.ts';

/** Finds one kind of thing. Takes time in proportion to the text. */
export interface Detection {
  readonly name: string;
  readonly pattern: RegExp;
  /** Whether a match is one. */
  readonly isOne?: (match: string) => boolean;
}

/** Digits of phone numbers and cards, with what people put between them. */
const phone =
  /(?<![\w.])(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]\d{2,8}){1,4}(?!\w)|(?<![\w])\+\d{7,15}(?!\w)/g;
const card = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const email =
  /(?<![\w.+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z])/g;

const keyShapes = [
  'sk-(?=[A-Za-z_-]{0,80}\\d)[A-Za-z0-9_-]{16,}',
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,}',
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'glpat-[A-Za-z0-9_-]{16,}',
  'npm_[A-Za-z0-9]{30,}',
  'xox[a-z]-[A-Za-z0-9-]{10,}',
  'AIza[0-9A-Za-z_-]{30,}',
  '(?:AKIA|ASIA)[0-9A-Z]{16}',
  'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*',
];

/** By what to look for; the order is that in which they take what is theirs. */
export function detection(wanted: Detector): Detection {
  switch (wanted) {
    case 'email':
      return { name: 'email', pattern: email };
    case 'card':
      return { name: 'card', pattern: card, isOne: isCard };
    case 'phone':
      return { name: 'phone', pattern: phone, isOne: isPhone };
    case 'key': {
      const all = [
        ...keyShapes,
        ...providers.flatMap(({ keyPatterns }) => keyPatterns).map((one) => `(?:${one})[\\w-]*`),
      ];
      return { name: 'key', pattern: new RegExp(`(?<![A-Za-z0-9])(?:${all.join('|')})`, 'g') };
    }
  }
}

/** ISO/IEC 7812-1, annex B. */
export function isCard(match: string): boolean {
  const digits = match.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** As many digits as E.164 allows; not a date, nor an IP address. */
function isPhone(match: string): boolean {
  const digits = match.replace(/\D/g, '').length;
  if (digits < 8 || digits > 15) return false;
  return (
    !/^\d{4}-\d{2}-\d{2}$/.test(match) &&
    !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(match) &&
    !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(match)
  );
}
