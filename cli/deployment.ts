/** Where a deployment is: the city that `npm start` runs here, or the stacks of a stage on AWS. */
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { codeOf } from '../functions/adapters/aws-errors.ts';
import { localCredentials, region } from '../local/platform/environment.ts';
import { cityFolder } from '../local/platform/paths.ts';
import { runningState } from '../local/platform/state.ts';
import { Refused } from './backtest/refused.ts';

/** What the stacks say of themselves, by the names of their outputs. */
export interface Deployment {
  /** `local`, or the stage on AWS. */
  readonly stage: string;
  /** @throws Refused when the stacks that are deployed do not say it */
  readonly output: (name: string) => string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  /** Whose credentials these are, for the audit. @throws Refused */
  readonly caller: () => Promise<string>;
  readonly close: () => void;
}

type Reach = Pick<DynamoDBClientConfig, 'region' | 'endpoint' | 'credentials' | 'requestHandler'>;

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The city that runs here, or what is deployed as `stage` where the AWS credentials point. @throws Refused */
export async function openDeployment(stage: string | undefined): Promise<Deployment> {
  if (stage !== undefined) return opened(stage, await outputsOfStage(stage), {});
  const running = await runningState(cityFolder);
  if (running === undefined)
    throw new Refused('no city runs here. Remedy: npm start, or name what is deployed on AWS: --stage prod');
  const stacks = OutputsFile.parse(JSON.parse(await readFile(cityFolder.outputs, 'utf8')));
  const outputs = new Map(Object.values(stacks).flatMap((stack) => Object.entries(stack)));
  const { endpoint, ca } = running;
  const trusted =
    ca === undefined ? {} : { requestHandler: { httpsAgent: new Agent({ ca: await readFile(ca) }) } };
  return opened('local', outputs, { endpoint, region, credentials: localCredentials, ...trusted });
}

async function outputsOfStage(stage: string): Promise<ReadonlyMap<string, string>> {
  const client = new CloudFormationClient({});
  const StackName = `Tocsin-${stage}-Stateless`;
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const said = Stacks?.[0]?.Outputs ?? [];
    return new Map(said.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    throw new Refused(
      `the stack ${StackName} cannot be read (${codeOf(error)}). Remedy: check --stage, the region and the AWS credentials`,
    );
  } finally {
    client.destroy();
  }
}

function opened(stage: string, outputs: ReadonlyMap<string, string>, reach: Reach): Deployment {
  const local = stage === 'local' ? { forcePathStyle: true } : {};
  const clients = {
    dynamo: new DynamoDBClient(reach),
    s3: new S3Client({ ...reach, ...local }),
    sqs: new SQSClient({ ...reach, useQueueUrlAsEndpoint: stage !== 'local' }),
    sns: new SNSClient(reach),
  };
  const sts = new STSClient(reach);
  return {
    stage,
    outputs,
    ...clients,
    output: (name) => {
      const value = outputs.get(name);
      if (value !== undefined) return value;
      throw new Refused(`the stacks of ${stage} have no output ${name}. Remedy: deploy this version first`);
    },
    caller: async () => {
      try {
        const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
        if (Arn !== undefined) return Arn;
      } catch (error) {
        throw new Refused(
          `AWS does not say who you are (${codeOf(error)}). Remedy: say it yourself: --by <name>`,
        );
      }
      throw new Refused('AWS does not say who you are. Remedy: say it yourself: --by <name>');
    },
    close: () => {
      for (const client of [...Object.values(clients), sts]) client.destroy();
    },
  };
}
