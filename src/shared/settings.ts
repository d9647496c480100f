import { defaultWarningSettings, type WarningSettings } from './warning.ts';

/** What a person can set, in one place. The editor reads its settings into this; the command line its options. */
export interface GatewaySettings {
  /** False forwards without recording. */
  readonly capture: boolean;
  /** Record calls to these hosts only, in the forms of `intercept.hosts`; empty for all. */
  readonly captureHosts: readonly string[];
  /** Bytes of each body to keep; the rest is counted and the cut is shown. */
  readonly maxBodyBytes: number;
  /** Bytes on the disk for bodies that are longer, in all; 0 keeps no more than `maxBodyBytes` of any. */
  readonly bodyFileBytes: number;
  readonly retentionDays: number;
  readonly retentionMegabytes: number;
  /** Regular expressions; what they match is never stored. */
  readonly redactPatterns: readonly string[];
  /** The proxy between here and the internet, as an http URL; empty for none. */
  readonly proxy: string;
  /** Hosts that are reached without it. */
  readonly noProxy: readonly string[];
  /** False accepts any certificate of the proxy and the upstreams. */
  readonly strictSsl: boolean;
  readonly warnings: WarningSettings;
  readonly intercept: InterceptSettings;
}

/** Which calls are read on their way to their own hosts, without a changed base URL. */
export interface InterceptSettings {
  /**
   * `on`: a certificate authority may be made on this machine, so that TLS can be read. `ask`: nobody has agreed to one
   * yet, so calls by `http:` alone are read. `off`: the gateway is no forward proxy, and nothing is led to it.
   */
  readonly mode: InterceptMode;
  /**
   * Hosts to read beyond those of the provider table and of `tollgate.jsonc`: `api.example.com`, `.example.com` for all
   * below it, `*` for any; each may end in `:port`.
   */
  readonly hosts: readonly string[];
  /** Hosts to leave alone, in the same forms: hooks do not lead them here, and a proxy's tunnels pass unread. */
  readonly exclude: readonly string[];
}

export const interceptModes = ['ask', 'on', 'off'] as const;
export type InterceptMode = (typeof interceptModes)[number];

export const defaultSettings: GatewaySettings = {
  capture: true,
  captureHosts: [],
  maxBodyBytes: 1024 * 1024,
  bodyFileBytes: 4096 * 1024 * 1024,
  retentionDays: 14,
  retentionMegabytes: 500,
  redactPatterns: [],
  proxy: '',
  noProxy: [],
  strictSsl: true,
  warnings: defaultWarningSettings,
  intercept: { mode: 'ask', hosts: [], exclude: [] },
};

/** All that a gateway needs to start, the same under the editor and alone. */
export interface GatewayOptions {
  /** Absolute path of `tollgate.jsonc`; null serves no API until there is one. */
  readonly catalogueFile: string | null;
  /** Folder of the store, the spool of call notes and the state file. Made if missing. */
  readonly dataDirectory: string;
  /** Set where a person starts the gateway with this very configuration: what it leads to at first is agreed to. */
  readonly configured?: 'trusted';
  /** The port wanted; 0 for any. */
  readonly port: number;
  /** What to do where the port is taken: another one, or fail with a clear error. */
  readonly whenPortTaken: 'another' | 'fail';
  /** Asked of control calls; also lets a caller spend stored credentials. */
  readonly token: string;
  readonly settings: GatewaySettings;
  /** Variables for credentials with `env`, for commands, and for proxies. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the certificate authority. By default one for all gateways of this user. */
  readonly authorityDirectory?: string;
  /** Processes that forward calls on the gateway's port; absent or 1 for the gateway's own alone. */
  readonly workers?: number;
}

/**
 * Written to `<dataDirectory>/gateway.json` while a gateway listens, read by hooks (`TOLLGATE_STATE` names the file)
 * and by the command line. It holds no secret.
 */
export interface GatewayState {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  /** Folder for call notes. */
  readonly spool: string;
  /**
   * Hosts whose calls are to be led through the gateway, by CONNECT on its port: `api.example.com`, `.example.com` for
   * all below it (not itself), `*` for any; `:port` at the end where it holds for that port alone. Empty where none is.
   */
  readonly hosts: readonly string[];
  /** Those of them, in the same forms, that are to be left alone all the same. */
  readonly exclude: readonly string[];
  /**
   * Absolute path of the certificate (PEM) that the gateway's own certificates for those hosts are signed with. Null
   * where nobody has agreed to one: then TLS must not be led here, and calls by `http:` may.
   */
  readonly ca: string | null;
  /** The same with all authorities that are trusted anyway, for clients that take one file in place of their own. */
  readonly bundle: string | null;
  /**
   * Files of certificates, by the variables that name them, that the gateway trusts besides the usual ones. What a program
   * trusts by others is no reason to lead it here.
   */
  readonly trusts: readonly string[];
}
