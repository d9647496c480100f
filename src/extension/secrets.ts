import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Secret } from '../shared/secret.ts';

/** The workspace's secrets, in VS Code's SecretStorage: one entry per credential. */
export interface Secrets {
  /** Every stored secret by credential name. */
  all(): Promise<Readonly<Record<string, Secret>>>;
  save(name: string, secret: Secret): Promise<void>;
  forget(name: string): Promise<void>;
  /** The gateway's control token, made on first use; stable, so that keys in terminals live on. */
  token(): Promise<string>;
}

/** Keeps the secrets of one workspace apart from those of others by `workspaceId`. */
export function openSecrets(storage: vscode.SecretStorage, workspaceId: string): Secrets {
  const prefix = `tollgate/${workspaceId}`;
  const entry = (name: string): string => `${prefix}/credential/${name}`;
  const index = `${prefix}/names`;
  let queue: Promise<unknown> = Promise.resolve();
  // Entries cannot be listed, so their names are kept beside them; one change at a time keeps both in step.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  };
  const names = async (): Promise<readonly string[]> => parseNames(await storage.get(index));

  return {
    all: () =>
      inTurn(async () => {
        const found: Record<string, Secret> = {};
        for (const name of await names()) {
          const secret = parseSecret(await storage.get(entry(name)));
          if (secret !== null) found[name] = secret;
        }
        return found;
      }),
    save: (name, secret) =>
      inTurn(async () => {
        await storage.store(entry(name), JSON.stringify(secret));
        const known = await names();
        if (!known.includes(name)) await storage.store(index, JSON.stringify([...known, name]));
      }),
    forget: (name) =>
      inTurn(async () => {
        await storage.delete(entry(name));
        await storage.store(index, JSON.stringify((await names()).filter((known) => known !== name)));
      }),
    token: () =>
      inTurn(async () => {
        const known = await storage.get(`${prefix}/token`);
        if (known !== undefined && known !== '') return known;
        const made = randomBytes(32).toString('base64url');
        await storage.store(`${prefix}/token`, made);
        return made;
      }),
  };
}

function parseNames(text: string | undefined): readonly string[] {
  const value = parseJson(text);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function parseSecret(text: string | undefined): Secret | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  if (value.type === 'key') return 'value' in value && typeof value.value === 'string' ? (value as Secret) : null;
  return value.type === 'oauth2' ? (value as Secret) : null;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
