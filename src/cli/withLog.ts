import { loadGateway } from './loadGateway.ts';

type Log = Awaited<ReturnType<Awaited<ReturnType<typeof loadGateway>>['openLog']>>;

/** Opens the log of a data folder for reading, and closes it afterwards. Fails with a `ChannelError` where there is none. */
export async function withLog<Result>(dataDirectory: string, use: (log: Log) => Promise<Result>): Promise<Result> {
  const { openLog } = await loadGateway();
  const log = await openLog(dataDirectory);
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}
