import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
  };
};
const sentences = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

describe('manifest', () => {
  it('has a sentence for every key, and no sentence without one', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(sentences).sort());
  });

  it('names only its own commands in menus and welcome texts', () => {
    const ids = new Set(manifest.contributes.commands.map(({ command }) => command));
    const inMenus = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = Object.values(sentences).flatMap((text) =>
      [...text.matchAll(/\(command:(tollgate\.\w+)\)/g)].map(([, id]) => id),
    );
    for (const id of [...inMenus, ...inTexts])
      assert.ok(id !== undefined && ids.has(id), `${id ?? ''} is not declared`);
  });

  it('has its pictures, and a welcome for every view', () => {
    const views = Object.values(manifest.contributes.views).flat();
    for (const picture of [manifest.icon, ...views.map(({ icon }) => icon)])
      assert.ok(existsSync(path.join(root, picture)), `${picture} is missing`);
    for (const { id } of views) assert.ok(manifest.contributes.viewsWelcome.some(({ view }) => view === id));
  });
});
