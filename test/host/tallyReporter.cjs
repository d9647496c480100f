// Mocha's spec reporter, which also leaves the numbers in the file that TOLLGATE_TALLY names. Where output is mixed
// with that of others, as in an editor's console, TOLLGATE_MARK is put before each message.
const { writeFileSync } = require('node:fs');
const { format } = require('node:util');
const { reporters } = require('mocha');

const mark = process.env.TOLLGATE_MARK;
if (mark !== undefined) reporters.Base.consoleLog = (...args) => console.log(mark + format(...args));

module.exports = class TallyReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.TOLLGATE_TALLY;
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
