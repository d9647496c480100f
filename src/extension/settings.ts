import * as vscode from 'vscode';
import { defaultSettings, interceptModes, type GatewaySettings, type InterceptSettings } from '../shared/settings.ts';
import type { CapturePause } from './capture/pause.ts';
import type { Home } from './home.ts';
import { defaultWarningSettings, type WarningSettings } from '../shared/warning.ts';

/** All that the editor's settings say, read in one place. */
export interface EditorSettings {
  readonly gateway: GatewaySettings;
  /** 0 lets Tollgate choose one and keep it. */
  readonly port: number;
  readonly autoStart: boolean;
  readonly terminals: {
    /** Load the preload that finds the calling line. */
    readonly capture: boolean;
    /** Set base URLs such as `OPENAI_BASE_URL`. */
    readonly baseUrls: boolean;
  };
  readonly codeLens: boolean;
}

const mebi = 1024 * 1024;

/** Reads the settings as they are now; a value of the wrong type counts as unset. */
export function readSettings(home: Home | null, paused: boolean): EditorSettings {
  const own = vscode.workspace.getConfiguration('tollgate', home?.folder);
  const http = vscode.workspace.getConfiguration('http');
  return {
    gateway: {
      capture: flag(own, 'capture', defaultSettings.capture) && !paused,
      captureHosts: strings(own, 'captureHosts'),
      bodyFileBytes: Math.round(number(own, 'log.bodyFilesMegabytes', defaultSettings.bodyFileBytes / mebi) * mebi),
      maxBodyBytes: Math.round(number(own, 'log.maxBodyKilobytes', defaultSettings.maxBodyBytes / 1024) * 1024),
      retentionDays: number(own, 'log.retentionDays', defaultSettings.retentionDays),
      retentionMegabytes: number(own, 'log.retentionMegabytes', defaultSettings.retentionMegabytes),
      redactPatterns: strings(own, 'log.redactPatterns'),
      proxy: string(http, 'proxy'),
      noProxy: strings(http, 'noProxy'),
      strictSsl: flag(http, 'proxyStrictSSL', defaultSettings.strictSsl),
      warnings: readWarningSettings(own),
      intercept: readInterceptSettings(own),
    },
    port: number(own, 'port', 0),
    autoStart: flag(own, 'autoStart', true),
    terminals: {
      capture: flag(own, 'terminals.capture', true),
      baseUrls: flag(own, 'terminals.baseUrls', true),
    },
    codeLens: flag(own, 'codeLens', true),
  };
}

function readWarningSettings(own: vscode.WorkspaceConfiguration): WarningSettings {
  const { enabled, usedPercent, hoursAhead, balanceCheckMinutes } = defaultWarningSettings;
  return {
    enabled: flag(own, 'warnings.enabled', enabled),
    usedPercent: Math.min(100, number(own, 'warnings.usedPercent', usedPercent)),
    hoursAhead: number(own, 'warnings.hoursAhead', hoursAhead),
    balanceCheckMinutes: number(own, 'warnings.balanceCheckMinutes', balanceCheckMinutes),
  };
}

function readInterceptSettings(own: vscode.WorkspaceConfiguration): InterceptSettings {
  const mode = own.get<unknown>('intercept.mode');
  return {
    mode: interceptModes.find((one) => one === mode) ?? defaultSettings.intercept.mode,
    hosts: strings(own, 'intercept.hosts'),
    exclude: strings(own, 'intercept.exclude'),
  };
}

/** Settings as values, with an event for their changes. */
export interface Settings {
  readonly current: EditorSettings;
  readonly onDidChange: vscode.Event<EditorSettings>;
  /** Whether programs started in a folder are captured; for those in none, what holds for the window. */
  capturesIn(folder: vscode.WorkspaceFolder | undefined): boolean;
  dispose(): void;
}

/** Watches the settings that concern Tollgate. While it is paused, nothing is recorded, whatever they say. */
export function watchSettings(home: Home | null, pause: CapturePause): Settings {
  const changed = new vscode.EventEmitter<EditorSettings>();
  const read = (): EditorSettings => readSettings(home, pause.until !== null);
  let current = read();
  const renew = (): void => {
    current = read();
    changed.fire(current);
  };
  const subscriptions = [
    pause.onDidChange(renew),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tollgate') || event.affectsConfiguration('http')) renew();
    }),
  ];
  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    capturesIn: (folder) => flag(vscode.workspace.getConfiguration('tollgate', folder), 'capture', true),
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}

function flag(section: vscode.WorkspaceConfiguration, name: string, otherwise: boolean): boolean {
  const value = section.get<unknown>(name);
  return typeof value === 'boolean' ? value : otherwise;
}

function number(section: vscode.WorkspaceConfiguration, name: string, otherwise: number): number {
  const value = section.get<unknown>(name);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

function strings(section: vscode.WorkspaceConfiguration, name: string): readonly string[] {
  const value = section.get<unknown>(name);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function string(section: vscode.WorkspaceConfiguration, name: string): string {
  const value = section.get<unknown>(name);
  return typeof value === 'string' ? value : '';
}
