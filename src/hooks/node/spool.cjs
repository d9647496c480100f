'use strict';

const { closeSync, openSync, writeSync } = require('node:fs');
const { gateway, now, startedAt } = require('./gateway.cjs');

const largestPart = 1024 * 1024;
/** The gateway removes what nobody has written to for two hours. */
const longestSilence = 60 * 60 * 1_000;
const retryAfter = 1_000;

/** Names what the program was started by; not in the note where it is not set. */
const session = process.env.TOLLGATE_SESSION;

let folder = null;
let descriptor = null;
let part = 0;
let size = 0;
let writtenAt = 0;
let failedAt = 0;

/** Appends a note to this thread's file in the gateway's spool. Where that fails, the note is lost and nothing else. */
function write(note) {
  const state = gateway(false);
  const time = now();
  if (state === null || time - failedAt < retryAfter) return;
  try {
    if (descriptor !== null && (folder !== state.spool || size > largestPart || time - writtenAt > longestSilence))
      close();
    if (descriptor === null) open(state.spool);
    const line = `${JSON.stringify({ pid: process.pid, parent: process.ppid, session, ...note, at: time })}\n`;
    size += writeSync(descriptor, line);
    writtenAt = time;
  } catch {
    failedAt = time;
    close();
  }
}

function open(spool) {
  const { threadId } = require('node:worker_threads');
  folder = spool;
  part += 1;
  size = 0;
  descriptor = openSync(`${spool}/${process.pid}-${startedAt}-${threadId}-${part}.jsonl`, 'a', 0o600);
}

function close() {
  const old = descriptor;
  descriptor = null;
  try {
    if (old !== null) closeSync(old);
  } catch {
    // A program may close descriptors that are not its own.
  }
}

module.exports = { write };
