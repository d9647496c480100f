import { startGateway } from '../../src/gateway/main.ts';
import { defaultSettings } from '../../src/shared/settings.ts';

/** A gateway in a process of its own over the store in the folder that is its argument; it tells where it listens. */
const gateway = await startGateway(
  {
    catalogueFile: null,
    dataDirectory: process.argv[2] ?? '',
    port: 0,
    whenPortTaken: 'another',
    token: 'bench',
    // The log that is measured must not be tidied meanwhile.
    settings: { ...defaultSettings, retentionDays: 36_500, retentionMegabytes: 1_000_000 },
    environment: {},
  },
  { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
);
process.send?.({ url: gateway.url });
process.on('disconnect', () => process.exit());
