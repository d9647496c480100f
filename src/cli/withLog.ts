import type { Log } from '../gateway/main.ts';
import { loadGateway } from './loadGateway.ts';

/** Opens the log of a data folder for reading, and closes it afterwards. Fails with a `ChannelError` where it cannot. */
export async function withLog<Result>(dataDirectory: string, use: (log: Log) => Result): Promise<Awaited<Result>> {
  const { openLog } = await loadGateway();
  const log = openLog(dataDirectory);
  try {
    return await use(log);
  } finally {
    log.close();
  }
}
