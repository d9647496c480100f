import { printNodeMatrix } from './node.ts';
import { printPythonMatrix } from './python.ts';

// Which calls have their line, for each client, runtime and form; and what that costs. Given a language, that one only.
const [wanted] = process.argv.slice(2);
if (wanted !== 'python') await printNodeMatrix();
if (wanted !== 'node') await printPythonMatrix();
