import { Command } from 'commander';
import * as z from 'zod';
import { addList } from './cli/list.ts';
import { addLoad } from './cli/load.ts';
import { addRegister } from './cli/register.ts';
import { addReplay } from './cli/replay.ts';
import { addRun } from './cli/run.ts';
import { addScenario } from './cli/scenario.ts';
import { SimError } from './sim-error.ts';

const program = new Command('npm run sim --')
  .description(
    'Devices of a small city as seeded physics: they publish over MQTT with their own certificates, or into a platform in this process.',
  )
  .showHelpAfterError('(--help says what there is)')
  .addHelpText(
    'after',
    `
Start here
  npm run sim -- list                            what there is
  npm run sim -- scenario gas-leak --virtual     one scenario in this process, without a platform
  npm start                                      a platform with the city running on it
  npm run sim -- load --help                     how many readings a second a platform takes`,
  );

addList(program);
addScenario(program);
addRun(program);
addRegister(program);
addReplay(program);
addLoad(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

/** What a person reads: one line for what they can change, the whole error for what is our fault. */
function messageOf(error: unknown): string {
  if (error instanceof SimError) return error.message;
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'cannot be read'}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
