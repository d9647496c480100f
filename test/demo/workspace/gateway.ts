/** Where Tollgate listens. Its terminals know; programs started elsewhere are told by hand. */
export const gateway: string = process.env.TOLLGATE_URL ?? nowhere();

function nowhere(): never {
  console.error('TOLLGATE_URL is not set. Open a new terminal in VS Code, with Tollgate running, and try again there.');
  process.exit(1);
}
