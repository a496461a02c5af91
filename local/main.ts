/** The commands of a person: start, stop, status, logs, test, deploy. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { checkCoverage } from './checks/coverage.ts';
import { gateParts, runGate } from './checks/gate.ts';
import { roomNames } from './checks/rooms.ts';
import { deployToAws } from './commands/deploy.ts';
import { logNames, showLogs } from './commands/logs.ts';
import { start } from './commands/start.ts';
import { showEnvironment, showStatus } from './commands/status.ts';
import { stop } from './commands/stop.ts';
import { wasTold } from './platform/told.ts';

const python = process.env['TOCSIN_PYTHON'];

function httpUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError('must be an address such as http://localhost:4566');
  return text.replace(/\/+$/, '');
}

function program(finish: (isGood: boolean) => void): Command {
  const root = new Command('npm run');
  root.configureOutput({ outputError: (text, write) => write(`tocsin: ${text.replace(/^error: /, '')}`) });

  root
    .command('start', { isDefault: true })
    .description('Start the platform, deploy, seed a small city, run its devices, show it live.')
    .option('--scenario <name>', 'run this scenario instead of an ordinary day (npm run sim -- list)')
    .option('--once', 'end when the scenario has ended: exit code 0 when its expectations held, 1 when not')
    .option('--endpoint <url>', 'use a platform that already runs there (LocalStack-compatible)', httpUrl)
    .addHelpText(
      'after',
      `
Examples:
  npm start                                         a city on this machine, until Ctrl-C
  npm start -- --scenario gas-leak --once           one scenario to its end, with its alerts
  npm start -- --endpoint http://localhost:4566     the same city on LocalStack`,
    )
    .action(async (options) => finish(await start({ ...options, python })));

  root
    .command('stop')
    .description('Stop what npm start started.')
    .action(async () => finish(await stop()));
  root
    .command('status')
    .description('What runs, and where.')
    .option('--env', 'print the variables with which other AWS tools find it, for eval')
    .action(async ({ env }) => finish(await (env === true ? showEnvironment() : showStatus())));
  root
    .command('logs')
    .description('The latest log lines of a function or of the emulator.')
    .addArgument(new Argument('<name>', 'whose log').choices(logNames))
    .option('--follow', 'go on until Ctrl-C')
    .action(async (name, options) => finish(await showLogs(name, options.follow === true)));
  root
    .command('test')
    .description('Every check and test; the last line has the counts.')
    .addArgument(new Argument('[parts...]', 'only these').choices(gateParts))
    .action(async (parts) => finish(await runGate(parts.length > 0 ? parts : gateParts, python)));
  root
    .command('coverage')
    .description(
      'Which branches of functions/domain no test takes; fails when there is one without a reason.',
    )
    .addOption(new Option('--room <name>', 'only this room, by its own tests').choices(roomNames))
    .action(async ({ room }) => finish(await checkCoverage(room)));
  root
    .command('deploy')
    .description('Deploy to the AWS account of your credentials; everything after -- goes to cdk deploy.')
    .argument('[cdk arguments...]')
    .allowUnknownOption()
    .action(async (args) => finish(await deployToAws(args)));
  return root;
}

try {
  let isGood = true;
  await program((result) => {
    isGood = result;
  }).parseAsync();
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  if (!wasTold(error)) console.error(`tocsin: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
