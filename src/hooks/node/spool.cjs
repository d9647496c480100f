'use strict';

const { closeSync, openSync, writeSync } = require('node:fs');
const { gateway, now } = require('./gateway.cjs');
const { startedAt } = require('./start.cjs');

// The original: tests replace clocks.
const startTimer = setTimeout;

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

/** Milliseconds for which notes are gathered while calls follow upon each other: to write one costs as much as to find a line. */
const gathering = 5;
let gathered = '';
let isGathering = false;
let timer = null;
let beginning = null;

/** Appends a note to this thread's file in the gateway's spool. Where that fails, the note is lost and nothing else. */
function write(note) {
  const at = now();
  beginning ??= JSON.stringify({ pid: process.pid, parent: process.ppid, session }).slice(0, -1);
  gathered += `${beginning},"at":${at},${JSON.stringify(note).slice(1)}\n`;
  if (isGathering) return;
  if (at < writtenAt || at - writtenAt > gathering) flush();
  else gather();
}

function gather() {
  isGathering = true;
  if (timer !== null) timer.refresh();
  else {
    timer = startTimer(flush, gathering);
    timer.unref();
    // One listener more than the program has must not have it warned.
    const most = process.getMaxListeners();
    if (most > 0) process.setMaxListeners(most + 1);
    process.on('exit', flush);
  }
}

function flush() {
  const notes = gathered;
  gathered = '';
  isGathering = false;
  const state = gateway(false);
  const time = now();
  if (notes === '' || state === null || time - failedAt < retryAfter) return;
  try {
    if (descriptor !== null && (folder !== state.spool || size > largestPart || time - writtenAt > longestSilence))
      close();
    if (descriptor === null) open(state.spool);
    size += writeSync(descriptor, notes);
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
