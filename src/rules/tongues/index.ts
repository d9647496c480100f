import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { dutch } from './dutch.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import { indonesian } from './indonesian.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import { polish } from './polish.ts';
import { portuguese } from './portuguese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { thai } from './thai.ts';
import { turkish } from './turkish.ts';
import { vietnamese } from './vietnamese.ts';
import type { Tongue } from './tongue.ts';

/** The languages of a script; those of one that a text has no letter of need not be asked. */
export interface Written {
  readonly letters: RegExp;
  readonly tongues: readonly Tongue[];
}

/** All languages but English, by script. Japanese has letters of its own beside those of Chinese, so it comes first. */
export const scripts: readonly Written[] = [
  { letters: /[\u3040-\u30ff]/, tongues: [japanese] },
  { letters: /[\u3400-\u9fff]/, tongues: [chinese, japanese] },
  { letters: /[\uac00-\ud7a3]/, tongues: [korean] },
  { letters: /[\u0400-\u04ff]/, tongues: [russian] },
  { letters: /[\u0600-\u06ff]/, tongues: [arabic] },
  { letters: /[\u0900-\u097f]/, tongues: [hindi] },
  { letters: /[\u0e00-\u0e7f]/, tongues: [thai] },
  {
    letters: /[a-z]/,
    tongues: [dutch, french, german, indonesian, italian, polish, portuguese, spanish, turkish, vietnamese],
  },
];
