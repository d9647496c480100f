'use strict';
// Run in a terminal by "Why Is Nothing Captured?": writes what programs started there get to the file that it is given.
const { spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');

const python = spawnSync(
  process.platform === 'win32' ? 'python' : 'python3',
  ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'],
  { encoding: 'utf8', timeout: 5000 },
);
const { NODE_OPTIONS, PYTHONPATH, TOLLGATE_STATE } = process.env;
writeFileSync(
  process.argv[2],
  JSON.stringify({
    node: process.versions.node,
    python: python.status === 0 ? python.stdout.trim() : null,
    NODE_OPTIONS,
    PYTHONPATH,
    TOLLGATE_STATE,
  }),
);
