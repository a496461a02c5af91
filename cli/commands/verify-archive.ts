/** `tocsin verify-archive`: whether every message is in the archive, and says what is stored. */
import { Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { rateOf, withPlace } from '../repair-command.ts';
import type { VerifyOptions } from './repair-options.ts';

/** Objects fetched, and pages of the tables read, a second, unless told otherwise. */
export const verifyRate = 10;

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('must be a day such as 2026-01-02');
}

export const verifyArchiveCommand = (output: Output): Command =>
  withPlace(new Command('verify-archive'))
    .description('Checks the archive of some days: whole, without holes, and what the tables say of it.')
    .option('--from <day>', 'first day of arrival in UTC (default: yesterday)', dayOf)
    .option('--until <day>', 'last day of arrival (default: today)', dayOf)
    .option('--keep <folder>', 'keep what is fetched there: a second run does not fetch it again')
    .option('--replay', 'run it through the rules as well, and hold the stored alerts against that', false)
    .option('--book <book.json>', 'the rule book for --replay (default: rules/book.json of this checkout)')
    .option('--rate <count>', 'at most so many objects and pages a second', rateOf, verifyRate)
    .addHelpText(
      'after',
      `
Every object can be read and every line is a message; repeats are counted (the archive allows them). Then, device by device:
  missing        the twin remembers the number and the archive has no such message: it was lost on its way there
  not-committed  the archive has it and the twin does not know it: look at tocsin dead-letters and the queues
  gap            neither has it: the device counted on and it never came (no fault of the archive)
A number is compared only where the days prove something: what is younger than 15 minutes may not be an object yet.

--replay takes the messages in order through the code of ingest and the rules, as tocsin rules backtest does, with the
registrations as they are now; each episode must be covered by a stored one of the same rule and subject, at least as severe,
that does not end before it (semantics 24). It begins without a past, so give it the days before as well.

It changes nothing. It reads both tables from end to end (Scan), so run it with your own credentials.

Examples:
  tocsin verify-archive
  tocsin verify-archive --stage prod --from 2026-11-20 --until 2026-11-28 --keep archive --replay

Exit code 0: all is well, 1: there are findings, 2: it could not be done.`,
    )
    .action(async (options: VerifyOptions) => {
      const { runVerifyArchive } = await import('./run-verify-archive.ts');
      await runVerifyArchive(options, output);
    });
