/** `tocsin reconcile`: both tables brought together again after a restore. */
import { Command } from 'commander';
import type { Output } from '../output.ts';
import { withDeed } from '../repair-command.ts';
import type { ReconcileOptions } from './repair-options.ts';

/** Pages read and transactions written a second, unless told otherwise: a fraction of what a new table takes. */
export const reconcileRate = 25;

export const reconcileCommand = (output: Output): Command =>
  withDeed(new Command('reconcile'), reconcileRate, 'pages and transactions')
    .description('Finds and mends what a partial restore leaves in the tables Twins and Records.')
    .option(
      '--book <book.json>',
      'the rule book that is deployed (default: rules/book.json of this checkout)',
    )
    .addHelpText(
      'after',
      `
A restore to a point in time may bring back only a part of the last transactions, and each table its own moment. Then there
are transitions without their alert, alerts behind their transitions, numbers that are missing, lists that show something
else, twins and guards that know of an alert what it does not know itself, or the other way round. Each finding comes with
what mends it. What stands anywhere stands: a repair never clears an alarm that both sides do not know to be over.

It reads both tables from end to end (Scan, which no function may do), so run it with your own credentials. It may run
beside the live system, may be stopped at any time, and a second run finds only what is left. Each repair is one
transaction with its audit entry (tocsin audit).

Examples:
  tocsin reconcile                                          what is wrong in the city that npm start runs
  tocsin reconcile --stage prod                             the same on AWS
  tocsin reconcile --stage prod --yes --reason "restore of 2026-11-28"

Exit code 0: the tables agree, 1: there are findings (left), 2: it could not be done.`,
    )
    .action(async (options: ReconcileOptions) => {
      const { runReconcile } = await import('./run-reconcile.ts');
      await runReconcile(options, output);
    });
