import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

/** Walks the five classic steps: funds, subscription, token, usage, contact. */
export const troubleshoot: Fix = () => [
  { kind: 'call', id: 'troubleshoot', title: text('Troubleshoot…'), call: 'troubleshoot' },
];
