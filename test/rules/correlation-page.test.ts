import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderProblem } from '../../cli/rules/problem.ts';
import { bookOf, readRuleFolder } from '../../cli/rules/rule-folder.ts';
import {
  episodeCountMax,
  memberCountMax,
  runCountMax,
} from '../../functions/domain/rules/correlate/state.ts';
import { correlationCountMax } from '../../functions/domain/rules/correlation-rule.ts';
import { seconds } from '../../functions/domain/time.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

const page = await readFile('docs/correlation.md', 'utf8');
const methane = 'coal-mine/methane.coal-face';
const named = 'coal-mine.methane.two-of-many';

/** The book of the methane rule and the correlation that the page shows. */
async function bookOfPage() {
  const root = await mkdtemp(path.join(tmpdir(), 'tocsin-correlation-'));
  try {
    await mkdir(path.join(root, 'coal-mine'));
    for (const ending of ['.yaml', '.test.yaml'])
      await writeFile(path.join(root, `${methane}${ending}`), await readFile(`rules/${methane}${ending}`));
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    await writeFile(path.join(root, 'coal-mine/methane.two-of-many.yaml'), yaml);
    const read = await readRuleFolder(root);
    expect(read.problems.map(renderProblem)).toEqual([]);
    return bookOf(
      read.rules.map(({ rule }) => rule),
      read.correlations,
      read.retired,
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

test('the rule of the page is a rule, and a scenario in virtual time sees it raise and recover', async () => {
  const book = await bookOfPage();
  const loaded = loadScenario('fan-stop');
  if (!loaded.ok) throw new Error(loaded.errors.join());
  const correlations = book.correlations.map((rule) => ({
    ...rule,
    withinMs: seconds(20),
    clearForMs: seconds(5),
  }));
  const quick = { ...book, correlations };
  const { facts, errors } = await runVirtual({ scenario: loaded.scenario, book: quick });
  expect(errors).toEqual([]);
  // After its end all devices fall silent, which is another matter of the same two sensors.
  const endAt = facts.startAt + loaded.scenario.duration;
  const seen = facts.changes.filter(({ ruleId, at }) => ruleId === named && at < endAt);
  expect(seen.map(({ change, severity, subject }) => [change, severity, subject])).toEqual([
    ['raised', 'red', 'src-face-3102'],
    ['recovered', 'red', 'src-face-3102'],
  ]);
}, 60_000);

test('the limits that the page tells are those of the code', () => {
  expect(page).toContain(`at one instant; at most ${correlationCountMax}`);
  expect(page).toContain(
    `${memberCountMax} alerts, ${runCountMax} runs of each and ${episodeCountMax} episodes`,
  );
});
