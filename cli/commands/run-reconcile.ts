/** What `tocsin reconcile` does; loaded when somebody asks for it, because it brings the engine and the AWS SDK. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../functions/adapters/clock.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { repository } from '../../local/platform/paths.ts';
import { Refused } from '../backtest/refused.ts';
import { errorCode } from '../error-code.ts';
import { count, type Output } from '../output.ts';
import { paced } from '../pace.ts';
import { type Finding, isMended, remedyOf } from '../reconcile/finding.ts';
import { type ReconcileReport, reconcile } from '../reconcile/reconcile.ts';
import { doer, meter, onDeployment } from '../repair-command.ts';
import type { ReconcileOptions } from './repair-options.ts';

/** Findings of one kind that are shown one by one. */
const shownMax = 20;

/** The book of a file, or that of this checkout. @throws Refused */
export async function bookAt(file: string | undefined): Promise<RuleBook> {
  const path = file ?? join(repository, 'rules/book.json');
  try {
    return readRuleBook(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Refused(
      `${path}: cannot be read as a rule book (${errorCode(error)}). Remedy: npm run rules:build`,
    );
  }
}

export const runReconcile = (options: ReconcileOptions, output: Output): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const book = await bookAt(options.book);
    const progress = meter(output);
    const report = await reconcile({
      dynamo: deployment.dynamo,
      tables: { twins: deployment.output('TwinsTableName'), records: deployment.output('RecordsTableName') },
      clock: systemClock,
      book,
      by: options.yes ? await doer(options, deployment) : '-',
      reason: options.reason ?? 'reconcile',
      apply: options.yes,
      pace: paced(options.rate),
      told: {
        read: (items) => progress.at(`${items.toLocaleString('en-US')} items read`),
        written: (done, all) => progress.at(`${done} of ${all} repairs written`),
      },
    });
    progress.end();
    tell(report, options, output);
    return report.left.length > 0 ? 1 : 0;
  });

function tell(report: ReconcileReport, { json, yes }: ReconcileOptions, output: Output): void {
  if (json) {
    const withRemedy = (one: Finding) => ({ ...one, remedy: remedyOf(one), isMended: isMended(one) });
    const { findings, left, ...rest } = report;
    const said = { applied: yes, ...rest, findings: findings.map(withRemedy), left: left.map(withRemedy) };
    output.line(JSON.stringify(said, null, 2));
    return;
  }
  const shown = yes ? report.findings : report.left;
  for (const [kind, all] of Map.groupBy(shown, (one) => one.kind)) {
    output.line(`${kind} (${all.length}): ${remedyOf({ kind })}`);
    for (const { subject, found } of all.slice(0, shownMax)) output.line(`  ${subject}: ${found}`);
    if (all.length > shownMax) output.line(`  and ${all.length - shownMax} more`);
  }
  if (shown.length === 0) output.line('the tables agree');
  else if (!yes) output.line(`${count(shown.length, 'finding')}; nothing was written. To mend them: --yes`);
  else
    output.line(
      `${count(report.written, 'repair')} written, ${count(report.conflicts, 'conflict')}, ${count(report.left.length, 'finding')} left`,
    );
}
