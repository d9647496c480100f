/** A sentence for people that the editor can translate: an English template with `{0}`, `{1}` … and what fills it. */
export interface Text {
  readonly message: string;
  readonly args: readonly (string | number)[];
}

/** Makes a `Text`. The template is its own key in the l10n bundle, so it must be a literal. */
export function text(message: string, ...args: readonly (string | number)[]): Text {
  return { message, args };
}

/** The English sentence. */
export function plain({ message, args }: Text): string {
  return message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}
