/** What the tests use of superagent, which comes without types. */
declare module 'superagent' {
  interface Sent extends Promise<{ readonly status: number; readonly text: string }> {
    ok(accept: () => boolean): Sent;
  }
  const superagent: { get(url: string): Sent };
  export = superagent;
}
