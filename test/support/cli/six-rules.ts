/** Six rules of the product, so that a test of the tools does not change with every rule that a pack gains. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../cli/tocsin.ts';

/** Without `.yaml`; every trade has one, and the ways to write a rule are all there. */
const names = [
  'chemical/tank-level.high',
  'chemical/toxic-gas.h2s',
  'coal-mine/methane.coal-face',
  'construction/dust.pm25',
  'construction/pit.displacement',
  'gas/combustible.compartment',
];

/** Puts the six rules with their proofs and what is generated from them into `folder`. */
export async function copySixRules(folder: string): Promise<void> {
  for (const name of names)
    for (const file of [`${name}.yaml`, `${name}.test.yaml`])
      await cp(join('rules', file), join(folder, file), { recursive: true });
  const remarks: string[] = [];
  await run(['rules', 'build', '--rules', folder], {
    line: () => undefined,
    remark: (text) => remarks.push(text),
    exitWith: () => undefined,
  });
  if (remarks.length > 0) throw new Error(remarks.join('\n'));
}
