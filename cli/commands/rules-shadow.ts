/** `tocsin rules shadow`: where a candidate book stood otherwise than the live one. */
import { Command } from 'commander';
import type { Output } from '../output.ts';
import { type ShadowOptions, shadowListMax } from './shadow-options.ts';

export const shadowCommand = (output: Output): Command =>
  new Command('shadow')
    .description('Lists where a candidate book that runs beside the live one stood otherwise.')
    .argument('<book.json>', 'the candidate that was deployed with -c shadow=<book.json>')
    .option('--table <name>', 'the Records table (default: that of the city that npm start runs)')
    .option('--limit <count>', `newest differences, at most ${shadowListMax}`, '100')
    .option('--json', 'the differences as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  tocsin rules build --rules candidate
  npm run deploy -- -c stage=prod -c shadow=candidate/book.json
  tocsin rules shadow candidate/book.json --table <Records table>

The candidate is evaluated in ingest on what the live book has just judged; it notifies nobody and writes no alert.
Metrics: ShadowAdded, ShadowRemoved, ShadowGraver, ShadowMilder, ShadowMissed. Findings are kept for 14 days.
Exit code 0: no difference, 1: differences, 2: wrong usage.`,
    )
    .action(async (file: string, options: ShadowOptions) => {
      const { listShadow } = await import('./list-shadow.ts');
      await listShadow(file, options, output);
    });
