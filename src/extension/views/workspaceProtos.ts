import * as vscode from 'vscode';
import type { Exchange } from '../../shared/exchange.ts';
import type { ProtoSchema } from '../../shared/protoSchema.ts';
import { readProto, type ReadProto } from '../../requests/proto/readProto.ts';
import { schemaOf } from '../../requests/proto/schemaOf.ts';

/** More files than this are not looked for, nor bigger ones read. */
const mostFiles = 400;
const biggestFile = 1024 * 1024;

let read: Promise<ReadProto> | null = null;
let watcher: vscode.Disposable | null = null;

/** How to read a body, by the workspace's `.proto` files; null where none declares it. */
export async function protoFor(
  { request, response }: Exchange,
  side: 'request' | 'response',
  subscriptions: { push(watcher: vscode.Disposable): unknown },
): Promise<ProtoSchema | null> {
  const contentType = (side === 'request' ? request.body : response?.body)?.contentType ?? null;
  read ??= readAll();
  if (watcher === null) subscriptions.push((watcher = watch()));
  return schemaOf(await read, { path: request.path, contentType, side });
}

async function readAll(): Promise<ReadProto> {
  const files = await vscode.workspace.findFiles('**/*.proto', '**/node_modules/**', mostFiles);
  return readProto((await Promise.all(files.map(textOf))).filter((text) => text !== null));
}

async function textOf(file: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    return size > biggestFile ? null : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // It went between being found and being read.
    return null;
  }
}

function watch(): vscode.Disposable {
  const watching = vscode.workspace.createFileSystemWatcher('**/*.proto');
  const forget = (): void => {
    read = null;
  };
  const listening = [watching.onDidChange(forget), watching.onDidCreate(forget), watching.onDidDelete(forget)];
  return vscode.Disposable.from(watching, ...listening);
}
