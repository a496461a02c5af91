/** The command `tocsin`: tools for the people who write rules and run the system. */
import { pathToFileURL } from 'node:url';
import { Command, CommanderError } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { grantCommand } from './commands/grant.ts';
import { quarantineCommand } from './commands/quarantine.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { rulesCommand } from './commands/rules.ts';
import { verifyArchiveCommand } from './commands/verify-archive.ts';
import { type Output, processOutput } from './output.ts';

/** One line a command: each file of `cli/commands/` makes one. */
const commands: readonly ((output: Output) => Command)[] = [
  grantCommand,
  rulesCommand,
  quarantineCommand,
  deadLettersCommand,
  reconcileCommand,
  verifyArchiveCommand,
  auditCommand,
];

/** The whole program, writing to `output`. */
export function tocsin(output: Output): Command {
  const program = new Command('tocsin')
    .description('Tools for people who write risk rules and run the system.')
    .addHelpText(
      'after',
      `
Examples:
  tocsin rules new gas/x      a rule and its proof, to begin with
  tocsin rules check          all problems of all rules, with file and line
  tocsin rules test gas       the proofs whose rule has "gas" in its id
  tocsin rules --help         how a rule gets from a file into the cloud
  tocsin dead-letters list    what failed for good, and where; docs/operations.md leads from alarm to command

Exit code: 0 all is well, 1 there are findings, 2 the command was not understood.`,
    )
    .showHelpAfterError('(add --help for the whole story)');
  for (const command of commands) program.addCommand(command(output));
  return program;
}

function quietly(command: Command, output: Output): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => output.line(text.trimEnd()),
    writeErr: (text) => output.remark(text.trimEnd()),
  });
  for (const child of command.commands) quietly(child, output);
}

/**
 * Runs `tocsin` with `words` (without node and script) and tells the exit code to `output`.
 *
 * @throws what is nobody's wrong usage: a defect
 */
export async function run(words: readonly string[], output: Output): Promise<void> {
  const program = tocsin(output);
  quietly(program, output);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    output.exitWith(error.exitCode === 0 ? 0 : 2);
  }
}

/** Nobody reads any more, as in `tocsin rules list | head`: there is nothing left to say, and nothing is wrong. */
function endWhenUnheard(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.on('error', endWhenUnheard);
  await run(process.argv.slice(2), processOutput);
}
