/** A Python that can hold the emulator. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const leastPython = [3, 10];
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const question =
  'import sys, json; import venv, ensurepip; print(json.dumps([sys.executable, *sys.version_info[:2]]))';

async function ask(program) {
  try {
    const { stdout } = await promisify(execFile)(program, ['-c', question], { timeout: 20_000 });
    const [executable, major, minor] = JSON.parse(stdout);
    const enough = major > leastPython[0] || (major === leastPython[0] && minor >= leastPython[1]);
    return enough ? { executable } : { found: `${program} is ${major}.${minor}` };
  } catch (error) {
    const text = String(error?.stderr ?? '');
    return /ensurepip|venv/.test(text)
      ? { found: `${program} has no venv module (on Debian: apt install python3-venv)` }
      : {};
  }
}

/** The path of the first Python that is new enough; PYTHON in the environment comes first. */
export async function findPython() {
  const reasons = [];
  for (const name of [process.env.PYTHON, ...names].filter(Boolean)) {
    const { executable, found } = await ask(name);
    if (executable) return executable;
    if (found) reasons.push(found);
  }
  const seen = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  throw new Error(
    `Python ${leastPython.join('.')} or later is missing${seen}. Remedy: install it from https://www.python.org or your package manager, or name one with PYTHON=/path/to/python3`,
  );
}
