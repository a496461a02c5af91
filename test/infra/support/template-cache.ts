import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '../../..');
const cache = join(root, 'node_modules/.cache/tocsin-templates');

/** Everything that a template depends on, as one hash: equal hash, equal template. */
const sources = (() => {
  const hash = createHash('sha256');
  const infra = readdirSync(join(root, 'infra'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('infra', name));
  const support = ['synth.ts', 'print-templates.ts'].map((name) => join('test/infra/support', name));
  for (const name of [...infra.sort(), ...support, 'cdk.json', 'package-lock.json']) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
})();

/** Both templates for `settings`, made once for each state of the sources. @throws with what the app printed */
export function templatesFor(settings: Record<string, unknown>): readonly unknown[] {
  const text = JSON.stringify(settings);
  const file = join(cache, `${createHash('sha256').update(`${sources}${text}`).digest('hex')}.json`);
  const parse = (json: string) => z.array(z.unknown()).length(2).parse(JSON.parse(json));
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    const script = join(import.meta.dirname, 'print-templates.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, text], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, stdout);
    renameSync(`${file}.${process.pid}`, file);
    return parse(stdout);
  }
}
