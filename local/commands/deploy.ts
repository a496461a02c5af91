/** The same app to a real AWS account. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Output } from '../../cli/output.ts';
import { nodeBin, repository } from '../platform/paths.ts';

/**
 * Returns when `tocsin rules check` finds nothing in `rules`: what is deployed is what was checked, and no rule has
 * vanished without a tombstone (semantics 23). Findings are told.
 */
export async function assertCheckedRules(rules: string): Promise<void> {
  // The compiler of rules is loaded by the one command of a person here that needs it.
  const { checkRules } = await import('../../cli/commands/rules-check.ts');
  let code = 0;
  const output: Output = {
    line: () => {},
    remark: (text) => process.stderr.write(`${text}\n`),
    exitWith: (given) => {
      code = given;
    },
  };
  await checkRules([], { rules, format: 'human', strict: false }, output);
  if (code !== 0)
    throw new Error(
      'nothing is deployed while the rules have findings. Remedy: npm run tocsin -- rules check, and put them right',
    );
}

/** Runs `cdk deploy --all` with the person's own credentials; further arguments go to the CDK. */
export async function deployToAws(args: readonly string[]): Promise<boolean> {
  const local = ['AWS_ENDPOINT_URL', 'AWS_CA_BUNDLE'].filter((name) => process.env[name]);
  if (local.length > 0)
    throw new Error(
      `${local.join(' and ')} point to a local platform. Remedy: unset ${local.join(' ')}, then deploy`,
    );
  await assertCheckedRules(path.join(repository, 'rules'));
  const cdk = spawn(path.join(nodeBin, 'cdk'), ['deploy', '--all', ...args], {
    cwd: repository,
    stdio: 'inherit',
  });
  const wait = () => {};
  // The CDK has the terminal and ends at Ctrl-C by itself; we stay to pass its exit code on.
  process.on('SIGINT', wait);
  const [code] = await once(cdk, 'close');
  process.off('SIGINT', wait);
  if (code !== 0)
    throw new Error(
      'cdk deploy failed for the reason above. Remedy when it found no account: aws configure, or set AWS_PROFILE; first time in an account: npx cdk bootstrap',
    );
  return true;
}
