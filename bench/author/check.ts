/** `tocsin rules check` of a large book: a thousand rules and a thousand proofs, each in a process that just began. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure, Findings } from '../figures.ts';
import { median } from '../numbers.ts';
import { tell } from '../report.ts';

const ruleCount = 1_000;
const runCount = 5;

const ownRules = fileURLToPath(new URL('../../rules', import.meta.url));
const tocsin = fileURLToPath(new URL('../../cli/tocsin.ts', import.meta.url));
const tellCpu = fileURLToPath(new URL('tell-cpu.ts', import.meta.url));

const proofOf = (file: string): string => file.replace(/\.yaml$/, '.test.yaml');

/** Rules of the packs on readings, below the folder, in the order of their names: a copy of a correlation would stand upon others. */
async function packRules(): Promise<readonly string[]> {
  const files = (await readdir(ownRules, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const proven = files.filter((file) => file.endsWith('.yaml') && files.includes(proofOf(file)));
  const texts = await Promise.all(proven.map((file) => readFile(path.join(ownRules, file), 'utf8')));
  return proven.filter((file, i) => !file.endsWith('.test.yaml') && !/^correlate:/m.test(texts[i] ?? ''));
}

/** Writes the rules of the packs and their copies under other names into `folder`. @returns bytes */
async function writeRules(folder: string): Promise<number> {
  const files = await packRules();
  let bytes = 0;
  for (let i = 0; i < ruleCount; i++) {
    const file = files[i % files.length];
    if (file === undefined) throw new Error('rules/ holds no rule with a proof');
    const copy = Math.floor(i / files.length);
    const renamed = (text: string): string =>
      copy === 0 ? text : text.replace(/^(id|rule): (\S+)$/m, `$1: $2-copy${copy}`);
    const name = copy === 0 ? file : file.replace(/\.yaml$/, `-copy${copy}.yaml`);
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    for (const [from, to] of [
      [file, name],
      [proofOf(file), proofOf(name)],
    ] as const) {
      const text = renamed(await readFile(path.join(ownRules, from), 'utf8'));
      bytes += Buffer.byteLength(text);
      await writeFile(path.join(folder, to), text);
    }
  }
  return bytes;
}

interface Run {
  readonly wallS: number;
  /** Of all threads. */
  readonly cpuS: number;
}

/** One run of `tocsin rules <command>`. @throws when it found anything */
function runOnce(command: string, folder: string): Run {
  const startedAt = performance.now();
  const words = ['--import', tellCpu, tocsin, 'rules', command, '--rules', folder];
  const child = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const wallS = (performance.now() - startedAt) / 1_000;
  if (child.status !== 0) throw new Error(`rules ${command} failed: ${child.stderr}${child.stdout}`);
  return { wallS, cpuS: Number(child.output[3]) };
}

export async function measureCheck(): Promise<Findings> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-bench-'));
  try {
    tell(`writing ${ruleCount} rules and their proofs`);
    const bytes = await writeRules(folder);
    runOnce('build', folder);
    tell(`checking them ${runCount} times`);
    const runs = Array.from({ length: runCount }, () => runOnce('check', folder));
    const figures: readonly Figure[] = [
      {
        name: 'rules check, 1,000 rules',
        value: median(runs.map(({ wallS }) => wallS)),
        unit: 's',
        goal: 3,
        note: `${(bytes / 1_000_000).toFixed(1)} MB of rules and proofs; a new process each`,
      },
      {
        name: 'processor time of it',
        value: median(runs.map(({ cpuS }) => cpuS)),
        unit: 's',
        note: 'all threads; what else runs on the machine counts less in it',
      },
    ];
    return { groups: [{ title: 'What an author waits for', figures }] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
