// Mocha's spec reporter, which also leaves the numbers in the file that TOLLGATE_TALLY names. Where output is mixed
// with that of others, as in an editor's console, TOLLGATE_MARK is put before each message. A test that passed only when
// it was tried again is named at the end, with what went wrong the first time: that is a defect to be found.
const { writeFileSync } = require('node:fs');
const { format } = require('node:util');
const { reporters } = require('mocha');

const mark = process.env.TOLLGATE_MARK;
if (mark !== undefined) reporters.Base.consoleLog = (...args) => console.log(mark + format(...args));

module.exports = class TallyReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const retried = [];
    runner.on('retry', (test, error) => retried.push(`${test.fullTitle()}\n    ${error.stack ?? error.message}`));
    runner.once('end', () => {
      if (retried.length > 0) reporters.Base.consoleLog(`Tried again:\n  ${retried.join('\n  ')}`);
    });
    const file = process.env.TOLLGATE_TALLY;
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
