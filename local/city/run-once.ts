/** One scenario on the platform to its end, judged by its own expectations. */
import { setTimeout as delay } from 'node:timers/promises';
import { clock, describeChange, judgeRun, type RunVerdict } from '../../sensors-sim/scenario/expectations.ts';
import type { ObservedChange } from '../../sensors-sim/scenario/observed.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';
import type { Closer } from '../platform/closer.ts';
import { openInbox } from '../view/inbox.ts';
import type { ReceivedNotification } from '../view/notification.ts';
import { languageOf } from '../view/screen.ts';
import { bold, dim, green, severityPaint, shortDuration } from '../view/style.ts';
import { type City, newSqsClient } from './bring-up.ts';
import { type CityRun, startCityRun } from './city-run.ts';
import { countQuarantined } from './quarantine-count.ts';

/** After the last reading the platform still decides and delivers for so long. */
const settleMs = 5_000;
const tellEveryMs = 10_000;

function changeOf({ data, receivedAt }: ReceivedNotification): ObservedChange {
  return {
    alertId: data.alertId,
    version: data.version,
    ruleId: data.matter.ruleId,
    subject: data.subject.id,
    change: data.change,
    severity: data.severity,
    at: Date.parse(data.at),
    phenomenonAt: Date.parse(data.phenomenonAt),
    value: data.value,
    tookMs: receivedAt - Date.parse(data.at),
  };
}

function printChange(change: ObservedChange, startAt: number): void {
  const label = severityPaint[change.severity](` ${change.severity} `);
  const took = change.tookMs === undefined ? '' : dim(`heard after ${shortDuration(change.tookMs)}`);
  const value = change.value === undefined ? '' : `= ${change.value}`;
  console.log(
    `  ${clock(change.at - startAt)} ${label} ${change.change} ${change.ruleId} ${change.subject} ${value} ${took}`,
  );
}

function printVerdict(scenario: Scenario, verdict: RunVerdict, startAt: number): void {
  console.log(
    bold(
      `\n${scenario.name}: ${verdict.matched.length} of ${scenario.expect.alerts.length} expected changes came`,
    ),
  );
  for (const { change } of verdict.matched) console.log(`  ${green('✔')} ${describeChange(change, startAt)}`);
  if (verdict.ok) return;
  for (const reason of verdict.reasons) console.log(`  ✖ ${reason}`);
}

/** Waits for the scenario's end, telling how far it is. */
async function playOut(scenario: Scenario, run: CityRun, ending: AbortSignal): Promise<void> {
  const endAt = performance.now() + scenario.duration;
  while (performance.now() < endAt) {
    await delay(Math.min(tellEveryMs, endAt - performance.now()), undefined, { signal: ending });
    const { online } = run.fleet.tally.counts;
    const left = Math.max(0, Math.round((endAt - performance.now()) / 1000));
    console.log(dim(`  ${run.readings()} readings, ${online} devices online, ${left} s to go`));
  }
}

/** True when the scenario's expectations held. */
export async function runOnce(city: City, scenario: Scenario, closer: Closer): Promise<boolean> {
  if (!scenario.runs.includes('live'))
    throw new Error(
      `${scenario.name} runs with a virtual clock only. Remedy: npm run sim -- scenario ${scenario.name} --virtual`,
    );
  const { platform } = city;
  const ending = new AbortController();
  const changes: ObservedChange[] = [];
  const quarantinedBefore = await countQuarantined(platform.outputs.QuarantineBucketName);
  const startAt = Date.now();
  console.log(
    bold(`\n${scenario.title[languageOf(process.env)]}`),
    dim(`(${scenario.name}, ${scenario.duration / 1000} s)`),
  );
  console.log(`${scenario.story.trim()}\n`);
  const inbox = openInbox(newSqsClient(), platform.outputs.LiveViewQueueUrl, (notification) => {
    const change = changeOf(notification);
    changes.push(change);
    printChange(change, startAt);
  });
  const run = await startCityRun({
    scenario,
    mqtt: platform.mqtt,
    devices: city.devices,
    startAt,
    endAt: startAt + scenario.duration,
  });
  await closer.defer(async () => {
    ending.abort();
    run.stop();
    await inbox.stop();
  });
  await playOut(scenario, run, ending.signal);
  await delay(settleMs, undefined, { signal: ending.signal });
  const verdict = judgeRun(scenario, {
    startAt,
    changes,
    refusedCount: run.fleet.refused(),
    quarantinedCount: (await countQuarantined(platform.outputs.QuarantineBucketName)) - quarantinedBefore,
    unacknowledgedCount: run.fleet.unacknowledged(),
    droppedCount: run.fleet.dropped(),
  });
  printVerdict(scenario, verdict, startAt);
  return verdict.ok;
}
