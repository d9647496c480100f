import { printNodeMatrix } from './node.ts';
import { printPythonMatrix } from './python.ts';
import { printFailures } from './failures.ts';

// Which calls have their line, for each client, runtime and form; what that costs; and what becomes of programs where
// something is wrong. Given `node`, `python` or `failures`, that only.
const [wanted] = process.argv.slice(2);
if (wanted === undefined || wanted === 'node') await printNodeMatrix();
if (wanted === undefined || wanted === 'python') await printPythonMatrix();
if (wanted === undefined || wanted === 'failures') await printFailures();
