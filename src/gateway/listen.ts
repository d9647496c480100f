import { ChannelError } from '../shared/channel.ts';
import { plain, text } from '../shared/text.ts';
import type { GatewayOptions } from '../shared/settings.ts';
import type { Server } from './server.ts';

/** How many ports behind a wanted one are tried before any will do. */
const neighbours = 20;

/**
 * Listens on the wanted port, or, where another may do, on the next one free. Fails with `port_taken` or
 * `port_forbidden`.
 */
export async function listen(server: Server, { port, whenPortTaken }: ListenOptions): Promise<number> {
  const candidates =
    port === 0 || whenPortTaken === 'fail'
      ? [port]
      : [...Array.from({ length: neighbours }, (_, index) => port + index).filter((one) => one < 65_536), 0];
  let last: unknown;
  for (const candidate of candidates) {
    try {
      return await server.listen(candidate);
    } catch (error) {
      last = error;
      if (!isTaken(error)) break;
    }
  }
  throw explained(last, port);
}

type ListenOptions = Pick<GatewayOptions, 'port' | 'whenPortTaken'>;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isTaken(error: unknown): boolean {
  return codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES';
}

function explained(error: unknown, port: number): Error {
  const cause = { cause: error };
  if (codeOf(error) === 'EADDRINUSE')
    return new ChannelError('port_taken', plain(text('Port {0} is taken. Choose another, or 0 for any.', port)), cause);
  if (codeOf(error) === 'EACCES')
    return new ChannelError('port_forbidden', plain(text('Port {0} may not be used by this account.', port)), cause);
  return error instanceof Error ? error : new Error('The gateway could not listen.', cause);
}
