import type * as vscode from 'vscode';
import type { AccessFilter } from './access/accessFilter.ts';
import type { AccessSpotlight } from './access/accessSpotlight.ts';
import type { CaptureEnvironment } from './capture/captureEnvironment.ts';
import type { CapturePause } from './capture/pause.ts';
import type { CallSites } from './editor/callSites.ts';
import type { Gateway } from './gatewayProcess.ts';
import type { Home } from './home.ts';
import type { PendingReplays } from './pendingReplays.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { Traffic } from './traffic.ts';
import type { Troubleshooter } from './troubleshooter.ts';
import type { LogPanel } from './views/logPanel.ts';

/** The extension's parts, made once in `activate` and handed to whoever registers something. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  /** Null where no folder is open. */
  readonly home: Home | null;
  readonly output: vscode.LogOutputChannel;
  readonly pause: CapturePause;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly gateway: Gateway;
  readonly traffic: Traffic;
  readonly programs: CaptureEnvironment;
  readonly callSites: CallSites;
  readonly troubleshooter: Troubleshooter;
  readonly replays: PendingReplays;
  readonly accessFilter: AccessFilter;
  /** Subscriptions that were decided on in this window: nobody need be told. */
  readonly ownDecisions: Set<string>;
  readonly accessSpotlight: AccessSpotlight;
  readonly panel: LogPanel;
}
