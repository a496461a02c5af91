/** `tocsin quarantine`: refused input looked at, sent again once its cause is gone, or thrown away. */
import { Argument, Command } from 'commander';
import { remedies } from '../../functions/domain/telemetry/refusal.ts';
import type { Output } from '../output.ts';
import { withDeed, withPlace } from '../repair-command.ts';
import type { DeedOptions, ListKeptOptions } from './repair-options.ts';

/** Messages a second, unless told otherwise: a tenth of what ingest takes beside its day's work. */
export const quarantineRate = 20;

/** Objects of one listing, unless told otherwise. */
const listDefault = '100';

const withWanted = (command: Command): Command =>
  command
    .option('--refused-for <reason>', 'only what was refused for this, such as device-unregistered')
    .option('--from <day>', 'first day of receipt, 2026-01-02 in UTC')
    .option('--until <day>', 'last day of receipt');

const reasons = (): string =>
  Object.entries(remedies)
    .map(([name, remedy]) => `  ${name.padEnd(20)} ${remedy}`)
    .join('\n');

const list = (output: Output): Command =>
  withWanted(withPlace(new Command('list')))
    .description('What lies in quarantine: how much for each reason, and the objects.')
    .option('--limit <count>', 'objects that are shown', listDefault)
    .action(async (options: ListKeptOptions) => {
      const { listQuarantine } = await import('./run-quarantine.ts');
      await listQuarantine(options, output);
    });

const show = (output: Output): Command =>
  withPlace(new Command('show'))
    .description('One message: its bytes, why it was refused, what helps, and whether it would be taken now.')
    .argument('<key>', 'as list shows it')
    .action(async (key: string, options: { stage?: string; json: boolean }) => {
      const { showQuarantined } = await import('./run-quarantine.ts');
      await showQuarantined(key, options, output);
    });

const redrive = (output: Output): Command =>
  withWanted(withDeed(new Command('redrive'), quarantineRate, 'messages'))
    .description(
      'Sends messages to the telemetry queue again, as the topic rule would, when they would be taken now.',
    )
    .addArgument(new Argument('[keys...]', 'as list shows them; without any: all that the options leave'))
    .addHelpText(
      'after',
      `
Each message is first judged by the very functions that refused it, with the registration and the twin as they are now: what
would be refused again, or has counted already, stays where it is and is told with its reason. A message keeps its id and its
receive time, so sent twice it is one. What was sent lies under redriven/ as long as the rest.

Examples:
  tocsin quarantine redrive --refused-for device-unregistered          what would be sent, now that it is registered
  tocsin quarantine redrive --refused-for device-unregistered --yes --reason "registered dev-7"`,
    )
    .action(async (keys: string[], options: DeedOptions) => {
      const { redriveQuarantined } = await import('./run-quarantine.ts');
      await redriveQuarantined(keys, options, output);
    });

const drop = (output: Output): Command =>
  withWanted(withDeed(new Command('drop'), quarantineRate, 'objects'))
    .description('Throws objects away; the audit keeps who, why, and the hash of the bytes.')
    .addArgument(new Argument('[keys...]', 'as list shows them; without any: all that the options leave'))
    .action(async (keys: string[], options: DeedOptions) => {
      const { dropQuarantined } = await import('./run-quarantine.ts');
      await dropQuarantined(keys, options, output);
    });

export function quarantineCommand(output: Output): Command {
  const command = new Command('quarantine')
    .description('Refused input: look at it, send it again once its cause is gone, or throw it away.')
    .addHelpText(
      'after',
      `
Nothing is sent or thrown away without --yes. Reasons, and what helps:
${reasons()}

Exit code: 0 all is well, 1 something was skipped or failed, 2 it could not be done.`,
    );
  for (const make of [list, show, redrive, drop]) command.addCommand(make(output));
  return command;
}
