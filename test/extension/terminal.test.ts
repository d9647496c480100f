import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { runningGateway, terminalEnvironment, until, write } from './window.ts';

describe('terminals', () => {
  it('carry the way to the gateway, the SDKs’ base URLs and the preload', async () => {
    await write('tollgate.jsonc', '{ "apis": { "openai": { "provider": "openai" } } }');
    const { url } = await runningGateway();
    const environment = await until('the base URL', async () => {
      const found = await terminalEnvironment();
      return found.OPENAI_BASE_URL === undefined ? null : found;
    });
    assert.equal(environment.TOLLGATE_URL, url);
    assert.equal(environment.OPENAI_BASE_URL, `${url}/openai/v1`);
    assert.match(environment.NODE_OPTIONS ?? '', /--require ".*hooks[\\/]+register\.cjs"/);
    assert.doesNotMatch(environment.NODE_OPTIONS ?? '', /tollgate-0\.|[\\/]dist[\\/]/);
    assert.match(environment.PYTHONPATH ?? '', /hooks[\\/]+python[:;]/);
    assert.match(environment.TOLLGATE_STATE ?? '', /gateway\.json$/);
  });

  it('carry the preload although a file of the user’s home sets the variables anew', async function () {
    if (process.platform === 'win32' || !existsSync('/bin/bash')) return this.skip();
    const home = await mkdtemp(path.join(os.tmpdir(), 'tollgate-home-'));
    try {
      await writeFile(path.join(home, '.bashrc'), 'export NODE_OPTIONS=--no-warnings PYTHONPATH=/own\n');
      const environment = await terminalEnvironment({ shellPath: '/bin/bash', env: { HOME: home } });
      assert.match(environment.NODE_OPTIONS ?? '', /^--no-warnings .*--require ".*register\.cjs"/);
      assert.match(environment.PYTHONPATH ?? '', /hooks[\\/]+python:\/own$/);
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('carry no preload and no base URLs where the settings say so', async () => {
    const settings = vscode.workspace.getConfiguration('tollgate.terminals');
    await settings.update('capture', false, vscode.ConfigurationTarget.Global);
    await settings.update('baseUrls', false, vscode.ConfigurationTarget.Global);
    try {
      const environment = await terminalEnvironment();
      assert.equal(environment.TOLLGATE_URL, (await runningGateway()).url);
      assert.equal(environment.OPENAI_BASE_URL, undefined);
      assert.equal(environment.TOLLGATE_STATE, undefined);
      assert.doesNotMatch(environment.NODE_OPTIONS ?? '', /register\.cjs/);
      assert.doesNotMatch(environment.PYTHONPATH ?? '', /hooks/);
    } finally {
      await settings.update('capture', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('baseUrls', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('carry nothing while the gateway is stopped', async () => {
    await vscode.commands.executeCommand('tollgate.stopGateway');
    try {
      const environment = await terminalEnvironment();
      assert.equal(environment.TOLLGATE_URL, undefined);
      assert.equal(environment.OPENAI_BASE_URL, undefined);
      assert.doesNotMatch(environment.NODE_OPTIONS ?? '', /register\.cjs/);
    } finally {
      await vscode.commands.executeCommand('tollgate.startGateway');
    }
  });
});
