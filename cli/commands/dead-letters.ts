/** `tocsin dead-letters`: what failed for good, and its way back once the cause is gone. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type DeadName, deadNames, deadPlaces } from '../dead-letters/places.ts';
import type { Output } from '../output.ts';
import { withDeed, withPlace } from '../repair-command.ts';
import type { ListLettersOptions, RedriveLettersOptions } from './repair-options.ts';

/** Letters a second, unless told otherwise: they go beside what comes anyway. */
export const deadLettersRate = 20;
/** Letters of one run, unless told otherwise. */
export const deadLettersMax = 10_000;

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}`);
  };

const list = (output: Output): Command =>
  withPlace(new Command('list'))
    .description('How many dead letters lie where, the oldest of those seen, and some of them.')
    .addOption(new Option('--peek <count>', 'letters shown of each').argParser(wholeNumber(0, 10)).default(1))
    .action(async (options: ListLettersOptions) => {
      const { listDeadLetters } = await import('./run-dead-letters.ts');
      await listDeadLetters(options, output);
    });

const redrive = (output: Output): Command =>
  withDeed(new Command('redrive'), deadLettersRate, 'letters')
    .description('Brings the dead letters of one place back to where they came from.')
    .addArgument(new Argument('<name>', 'as list, and the alarm, name it').choices(deadNames))
    .addOption(
      new Option('--limit <count>', 'letters of this run')
        .argParser(wholeNumber(1, 1_000_000))
        .default(deadLettersMax),
    )
    .addHelpText(
      'after',
      `
Find the cause first: the function's log says why it failed, and a letter that fails again is back here after its tries.
A letter leaves only once its way back has taken it; stopped in between it may go twice, which whoever receives it knows.

Examples:
  tocsin dead-letters redrive TelemetryDead
  tocsin dead-letters redrive TelemetryDead --yes --reason "grant of the table is back"`,
    )
    .action(async (name: DeadName, options: RedriveLettersOptions) => {
      const { redriveDeadLetters } = await import('./run-dead-letters.ts');
      await redriveDeadLetters(name, options, output);
    });

export function deadLettersCommand(output: Output): Command {
  const places = deadNames.map(
    (name) =>
      `  ${name.padEnd(22)} ${deadPlaces[name].holds};\n${' '.repeat(25)}back: ${deadPlaces[name].back}`,
  );
  const command = new Command('dead-letters')
    .description('What failed for good, and its way back once the cause is gone.')
    .addHelpText(
      'after',
      `
Kept for 14 days from their first sending. Places, named as their alarms:
${places.join('\n')}

Nothing is moved without --yes. Exit code: 0 all is well, 1 letters lie there (list) or stay (redrive), 2 it could not be done.`,
    );
  for (const make of [list, redrive]) command.addCommand(make(output));
  return command;
}
