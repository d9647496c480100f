// Installs the packages that Python programs under test use, for each Python of this machine.
import { pythons, withPackages } from './pythonProgram.ts';

for (const python of pythons) withPackages(python);
