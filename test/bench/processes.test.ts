import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { familyOf, functionProcesses, parentIn, statusBytes, sumOf } from '../../bench/memory/processes.ts';

const status = 'Name:\tnode\nPPid:\t42\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t7\n';

test('parent, resident memory and its peak are read from the kernel’s own lines', () => {
  expect(parentIn(status)).toBe(42);
  expect([statusBytes(status, 'VmRSS'), statusBytes(status, 'VmHWM')]).toEqual([1_048_576, 2_097_152]);
  expect([parentIn(''), statusBytes('', 'VmRSS')]).toEqual([0, 0]);
});

/** Only Linux has these files; elsewhere the bench of memory says so. */
if (process.platform === 'linux')
  test('a family is a process with all that it started, and a function is found by its name', async () => {
    const env = { AWS_LAMBDA_FUNCTION_NAME: 'Tocsin-local-Stateless-Ingest' };
    const child = spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      await once(child.stdout, 'data');
      const family = familyOf(process.pid);
      expect(family.map(({ pid }) => pid)).toEqual(expect.arrayContaining([process.pid, child.pid]));
      expect(sumOf(family)).toBeGreaterThan(sumOf(familyOf(child.pid ?? 0)));
      expect(functionProcesses(family, env.AWS_LAMBDA_FUNCTION_NAME).map(({ pid }) => pid)).toEqual([
        child.pid,
      ]);
      expect(functionProcesses(family, 'Tocsin-local-Stateless')).toEqual([]);
    } finally {
      child.kill();
    }
  });
