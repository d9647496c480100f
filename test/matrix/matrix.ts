import { printPythonMatrix } from './python.ts';

// Which calls have their line, for each client, runtime and form; and what that costs.
await printPythonMatrix();
