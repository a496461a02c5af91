import { join } from 'node:path';
import { Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { bundledCode, type CodeFor } from './constructs/bundle.ts';
import { Stateful } from './stacks/stateful.ts';
import { Stateless } from './stacks/stateless.ts';
import { assertWholeBook } from './whole-book.ts';

export interface Tocsin {
  readonly stateful: Stateful;
  readonly stateless: Stateless;
}

/**
 * Both stacks of one stage, under `scope`.
 *
 * @param codeFor where the functions' code comes from: by default the bundled entries; tests put in a stand-in.
 * @throws BookError when the rule book that the functions carry has lost a rule
 */
export function buildTocsin(
  scope: Construct,
  config: Config,
  codeFor: CodeFor = bundledCode(join(import.meta.dirname, '../functions/entry'), config.shadow),
): Tocsin {
  assertWholeBook(join(import.meta.dirname, '../rules'));
  const env = {
    ...(config.account === undefined ? {} : { account: config.account }),
    ...(config.region === undefined ? {} : { region: config.region }),
  };
  const protect = config.stage !== 'local';
  const name = `Tocsin-${config.stage}`;
  const stateful = new Stateful(scope, `${name}-Stateful`, {
    env,
    config,
    terminationProtection: protect,
    description: 'Tocsin: keys, tables, queues, topics, buckets, sign-in',
  });
  const stateless = new Stateless(scope, `${name}-Stateless`, {
    env,
    config,
    codeFor,
    stateful,
    description: 'Tocsin: functions, rule, schedule, API, alarms',
  });
  for (const stack of [stateful, stateless]) Tags.of(stack).add('tocsin:stage', config.stage);
  return { stateful, stateless };
}
