import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { type Built, build } from './support/synth.ts';

const Report = z.object({
  pluginReports: z.array(z.object({ violations: z.array(z.object({ ruleName: z.string() })) })),
});

/** Rules of AwsSolutions that found something nobody acknowledged; a failed check leaves its report behind. */
function findings({ app }: Built): readonly string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
    return [];
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
    const report = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
    const { pluginReports } = Report.parse(JSON.parse(report));
    return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  }
}

test.each([
  {},
  { stage: 'local', alarmEmail: 'a@example.org', alertEmail: 'b@example.org' },
  {
    region: 'cn-north-1',
    account: '123456789012',
    oidcIssuer: 'https://id.example.cn/',
    oidcAudience: 'tocsin',
    requiredScopes: 'tocsin/api',
  },
])('AwsSolutions finds nothing that has no reason: %o', (settings) => {
  expect(findings(build(settings))).toEqual([]);
});

test('the checks do look: a plain queue is found', () => {
  const built = build({ stage: 'local' });
  new Queue(built.stateful, 'Plain');
  expect(findings(built)).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']);
});
