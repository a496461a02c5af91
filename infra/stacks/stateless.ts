import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Alarms } from '../constructs/alarms.ts';
import { api } from '../constructs/api.ts';
import type { CodeFor } from '../constructs/bundle.ts';
import { dashboard } from '../constructs/dashboard.ts';
import { HttpEntrance } from '../constructs/http-api.ts';
import { ingest } from '../constructs/ingest.ts';
import { notify } from '../constructs/notify.ts';
import { planSchedule } from '../constructs/plan-schedule.ts';
import { sweep } from '../constructs/sweep.ts';
import { TelemetryRule } from '../constructs/telemetry-rule.ts';
import { watchFunctions } from '../constructs/watch-functions.ts';
import { deadLetterQueues, watchQueues } from '../constructs/watch-queues.ts';
import { watchServices } from '../constructs/watch-services.ts';
import { telemetryRuleName, telemetryTopicPrefix } from '../topics.ts';
import type { Stateful } from './stateful.ts';

export interface StatelessProps extends StackProps {
  readonly config: Config;
  readonly codeFor: CodeFor;
  readonly stateful: Stateful;
}

/** What can be thrown away and made again: functions, rule, schedule, API, alarms. */
export class Stateless extends Stack {
  constructor(scope: Construct, id: string, props: StatelessProps) {
    super(scope, id, props);
    const { config, codeFor, stateful } = props;
    const { stage } = config;
    const removalPolicy = stage === 'local' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    new TelemetryRule(this, 'TelemetryRule', {
      stage,
      telemetry: stateful.queues.telemetry.queue,
      rejected: stateful.rejected.topic,
    });
    planSchedule(this, 'Plan', stateful.queues.ticks);

    const common = { config, codeFor, removalPolicy, stateful };
    const functions = {
      ingest: ingest(this, 'Ingest', common).fn,
      notify: notify(this, 'Notify', common).fn,
      sweep: sweep(this, 'Sweep', common).fn,
      api: api(this, 'Api', common).fn,
    };
    const entrance = new HttpEntrance(this, 'Http', {
      handler: functions.api,
      tokens: stateful.tokens,
      logRetention: config.logRetentionDays,
      removalPolicy,
    });

    const alarms = new Alarms(this, 'Alarms', stateful.operations.topic);
    watchQueues(alarms, stateful);
    watchFunctions(alarms, functions, stage);
    watchServices(alarms, stateful, entrance.api, stage);
    const board = dashboard(this, 'Dashboard', stateful, functions, stage);

    const { tables, queues, alerts, tokens } = stateful;
    this.say({
      ApiUrl: entrance.api.apiEndpoint,
      TelemetryRuleName: telemetryRuleName(stage),
      TelemetryTopicPrefix: telemetryTopicPrefix(stage),
      AlertsTopicArn: alerts.topic.topicArn,
      OperationsTopicArn: stateful.operations.topic.topicArn,
      LiveViewQueueUrl: alerts.liveView?.queue.queueUrl,
      UserPoolId: tokens.userPool?.userPoolId,
      UserPoolClientId: tokens.userPoolClient?.userPoolClientId,
      TwinsTableName: tables.twins.tableName,
      RecordsTableName: tables.records.tableName,
      QuarantineBucketName: stateful.quarantine.bucketName,
      ArchiveBucketName: stateful.archive.bucket.bucketName,
      TelemetryQueueUrl: queues.telemetry.queue.queueUrl,
      BacklogQueueUrl: queues.backlog.queue.queueUrl,
      ArchiveQueueUrl: queues.archive.queue.queueUrl,
      RejectedQueueUrl: stateful.rejected.messages.queue.queueUrl,
      TicksQueueUrl: queues.ticks.queue.queueUrl,
      DevicePolicyName: stateful.devicePolicy.ref,
      IngestFunctionName: functions.ingest.functionName,
      NotifyFunctionName: functions.notify.functionName,
      SweepFunctionName: functions.sweep.functionName,
      ApiFunctionName: functions.api.functionName,
      DashboardName: board.dashboardName,
    });
    // By the names of their alarms, for the tool that brings dead letters back.
    for (const [name, queue] of Object.entries(deadLetterQueues(stateful)))
      this.say({ [`${name}Url`]: queue.queueUrl });
  }

  /** Outputs by which tools and people find what has no name of its own. */
  private say(outputs: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}
