/** What went wrong on a connection to an upstream, where Node has no error of its own for it. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: 'answer_late' | 'answer_silent' | 'answer_invalid' | 'closed_early' | 'request_invalid';
  constructor(code: WireError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
