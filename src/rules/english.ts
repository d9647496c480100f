/** Words without which hardly an English sentence gets along. */
const english =
  /\b(?:the|your|you|are|have|been|please|this|that|with|not|and|required|exceeded|insufficient|payment|invalid|failed|denied|unauthorized|forbidden|expired|credits|balance|subscription|usage|cannot|must|used|billing|requests|reached|unavailable|authentication|authenticate)\b/;
const otherScript = /[^\0-\u024f\u2000-\u20cf]/;

/** Whether a sentence (lower case) is in English, as far as a reader of refusals needs to know. */
export function isEnglish(words: string): boolean {
  return english.test(words) && !otherScript.test(words);
}
