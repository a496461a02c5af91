/** What the repair commands have in common: their options, who does it, and how they end. */
import { type Command, InvalidArgumentError } from 'commander';
import { AdapterError } from '../functions/adapters/adapter-error.ts';
import { auditByMax, auditReasonMax } from '../functions/domain/audit/audit-entry.ts';
import { Refused } from './backtest/refused.ts';
import type { Deployment } from './deployment.ts';
import type { Output } from './output.ts';
import { rateMax, rateMin } from './pace.ts';

export interface RepairOptions {
  readonly stage?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly yes: boolean;
  readonly rate: number;
  readonly json: boolean;
}

/** A number of pieces a second. */
export function rateOf(text: string): number {
  const rate = Number(text);
  if (Number.isFinite(rate) && rate >= rateMin && rate <= rateMax) return rate;
  throw new InvalidArgumentError(`must be a number from ${rateMin} to ${rateMax}`);
}

/** At most `max` characters, at least one that is no space. */
const textOf =
  (max: number) =>
  (text: string): string => {
    if (text.trim() !== '' && text.length <= max) return text;
    throw new InvalidArgumentError(`must be 1 to ${max} characters`);
  };

/** Where it works and how it tells. */
export const withPlace = (command: Command): Command =>
  command
    .option(
      '--stage <stage>',
      'what is deployed on AWS under this stage (default: the city that npm start runs)',
    )
    .option('--json', 'the result as JSON', false);

/** What a command that changes something takes beside: nothing is done without `--yes`. */
export const withDeed = (command: Command, rate: number, pieces: string): Command =>
  withPlace(command)
    .option('--yes', 'do it; without it the command only says what it would do', false)
    .option(
      '--by <name>',
      'who does it, for the audit (default: the caller of the AWS credentials)',
      textOf(auditByMax),
    )
    .option('--reason <text>', 'why, for the audit', textOf(auditReasonMax))
    .option('--rate <count>', `at most so many ${pieces} a second`, rateOf, rate);

/** Runs `work` on an open deployment; what is refused is told with what helps. Exit code 2: nothing could be done. */
export async function onDeployment(
  stage: string | undefined,
  output: Output,
  work: (deployment: Deployment) => Promise<0 | 1 | 2>,
): Promise<void> {
  const { openDeployment } = await import('./deployment.ts');
  let deployment: Deployment | undefined;
  try {
    deployment = await openDeployment(stage);
    output.exitWith(await work(deployment));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof AdapterError)) throw error;
    const help =
      error instanceof AdapterError ? '. Remedy: check --stage, the region and the AWS credentials' : '';
    output.remark(`${error.message}${help}`);
    output.exitWith(2);
  } finally {
    deployment?.close();
  }
}

/** Who does it; asked only when something is to be done. */
export const doer = ({ by }: Pick<RepairOptions, 'by'>, deployment: Deployment): Promise<string> =>
  by === undefined ? deployment.caller() : Promise.resolve(by);

/** Shows how far long work has come, over the line before; nothing where nobody watches. */
export function meter(output: Output): { at(text: string): void; end(): void } {
  return { at: (text) => output.overwrite?.(text), end: () => output.overwrite?.('') };
}
