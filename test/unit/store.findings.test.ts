import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsOf, makeFolder, openStage, record, type Call, type Folder, type Stage } from './storeStage.ts';

const refusal: Call = {
  api: 'openrouter',
  provider: 'openrouter',
  url: 'https://openrouter.ai/api/v1/chat/completions',
  request: '{"model":"openai/gpt-4o","max_tokens":4000}',
  status: 402,
  response: '{"error":{"code":402,"message":"You asked for 4000 tokens, but can only afford 120. Add credits."}}',
};
const success: Call = { ...refusal, status: 200, response: '{"choices":[]}' };

describe('findings in the store', () => {
  let folder: Folder;
  let stage: Stage;
  beforeEach(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path);
  });
  afterEach(async () => {
    await stage.recording.close();
    folder.remove();
  });
  const openNumbers = async (): Promise<number[]> => (await stage.recording.openFindings()).map(({ number }) => number);

  it('diagnoses a refusal and keeps the newest of each place', async () => {
    record(stage.recording, refusal);
    record(stage.recording, refusal);
    record(stage.recording, { ...refusal, url: 'https://openrouter.ai/api/v1/embeddings?x=1' });
    const findings = await stage.recording.openFindings();
    assert.deepEqual(
      findings.map(({ number }) => number),
      [2, 3],
    );
    assert.equal(findings[0]?.diagnosis?.cause, 'insufficient_funds');
  });

  it('clears a finding when the same place succeeds, and not when it was not answered', async () => {
    record(stage.recording, refusal);
    const failure = { code: 'upstream_unreachable', message: 'refused', hint: 'start it' } as const;
    record(stage.recording, { ...success, status: 502, state: 'failed', failure });
    const [running] = eventsOf(success);
    if (running) stage.recording.record(running);
    assert.deepEqual(await openNumbers(), [1]);
    record(stage.recording, success);
    assert.deepEqual(await openNumbers(), []);
  });

  it('does not diagnose what the gateway answered itself', async () => {
    const failure = { code: 'credential_unavailable', message: 'no key', hint: 'set one' } as const;
    record(stage.recording, { ...refusal, state: 'failed', failure });
    assert.deepEqual(await openNumbers(), []);
  });

  it('joins the line that made the call, even where its note comes late', async () => {
    const [begin, ...rest] = eventsOf(refusal);
    assert.ok(begin?.type === 'begin');
    const client = { port: 45_678, ordinal: 1 };
    for (const event of [{ ...begin, client }, ...rest]) stage.recording.record(event);
    while (stage.rows.at(-1)?.state !== 'complete') await sleep(5);
    const spool = path.join(folder.path, 'spool');
    mkdirSync(spool, { recursive: true });
    const frame = { file: '/work space/app.ts', line: 12, column: 3, function: 'ask' };
    const note = { pid: process.pid, ...client, method: 'POST', path: begin.clientPath, at: Date.now(), how: 'sync' };
    writeFileSync(
      path.join(spool, `${process.pid}-${Date.now()}-0-1.jsonl`),
      `${JSON.stringify({ ...note, frames: [{ ...frame, awaited: false }] })}\n`,
    );
    while (stage.rows.at(-1)?.callSite === null) await sleep(20);
    const [finding] = await stage.recording.openFindings();
    assert.deepEqual([finding?.callSite?.file, finding?.callSite?.line], [frame.file, frame.line]);
    const { total } = await stage.recording.exchanges({ filter: 'line:app.ts:12 has:finding', limit: 5 });
    assert.equal(total, 1);
    assert.equal(stage.rows.at(-1)?.callSite?.line, 12);
  });
});
