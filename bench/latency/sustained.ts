/** How many packed messages a second the platform takes in before its queue grows. */
import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { placedDevices } from '../../sensors-sim/city.ts';
import { scenarioOf } from '../../sensors-sim/cli/scenario.ts';
import { liveTransport, runLoad } from '../../sensors-sim/load/load.ts';
import type { BenchCity } from '../city.ts';
import { readingsPerPack } from '../fleet.ts';
import { tell } from '../report.ts';

/** Messages a second that are tried, one after another. */
export const rates = [20, 50, 100, 150, 220, 320, 450] as const;

const lookEveryMs = 1_000;
/** Longest wait for the queue to empty between rates, in milliseconds. */
const drainMsMax = 60_000;

export interface Step {
  readonly perSecond: number;
  /** Messages that the broker acknowledged in a second. */
  readonly acknowledgedPerSecond: number;
  /** Deepest that the queue was in the second half, and how many seconds of messages that is. */
  readonly depth: number;
  readonly isSustained: boolean;
}

/** Messages that wait or are under way; those that wait for their time do not count. */
export async function depthOf(
  { sqs, platform }: BenchCity,
  queue: 'TelemetryQueueUrl' | 'BacklogQueueUrl' = 'TelemetryQueueUrl',
): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: platform.outputs[queue],
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(Attributes['ApproximateNumberOfMessages'] ?? 0) +
    Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0)
  );
}

/** Waits until the queue is empty; false when it is not within the time. */
export async function drained(city: BenchCity): Promise<boolean> {
  const deadline = performance.now() + drainMsMax;
  while (performance.now() < deadline) {
    if ((await depthOf(city)) === 0) return true;
    await delay(lookEveryMs);
  }
  return false;
}

async function hold(city: BenchCity, perSecond: number, forMs: number): Promise<Step> {
  const depths: number[] = [];
  const looking = new AbortController();
  const look = async (): Promise<void> => {
    while (!looking.signal.aborted) {
      depths.push(await depthOf(city));
      await delay(lookEveryMs);
    }
  };
  const watching = look();
  const { broker } = city;
  const report = await runLoad({
    devices: placedDevices(),
    readingsPerSecond: perSecond * readingsPerPack,
    packOf: readingsPerPack,
    durationMs: forMs,
    transportOf: (deviceId) => liveTransport(broker, deviceId),
    topicOf: (deviceId) => broker.identityOf(deviceId).topic,
    scenario: scenarioOf('normal-day'),
    progress: (_, elapsedMs) => {
      if (elapsedMs >= forMs) looking.abort();
    },
  });
  looking.abort();
  await watching;
  const acknowledgedPerSecond = report.acknowledged / (report.elapsedMs / 1000);
  const half = depths.slice(Math.floor(depths.length / 2));
  const depth = Math.max(...half);
  // A second's messages may be on their way; more than that, at the end, has piled up.
  const isSustained = (depths.at(-1) ?? 0) <= perSecond && acknowledgedPerSecond >= 0.9 * perSecond;
  return { perSecond, acknowledgedPerSecond, depth, isSustained };
}

/** Functions start and code gets warm before anything counts. */
const warmUp = { perSecond: 5, forMs: 5_000 };

/** Holds one rate after another until the queue grows, or the last is reached. */
export async function sustainedSteps(city: BenchCity, forMs: number): Promise<readonly Step[]> {
  const steps: Step[] = [];
  await hold(city, warmUp.perSecond, warmUp.forMs);
  await drained(city);
  for (const rate of rates) {
    tell(`${rate} packs of ${readingsPerPack} a second, ${forMs / 1000} s`);
    const step = await hold(city, rate, forMs);
    // What is lost to a race too often comes again after the visibility timeout: then the rate was too high as well.
    const isSustained = step.isSustained && (await drained(city));
    steps.push({ ...step, isSustained });
    if (!isSustained) break;
  }
  return steps;
}
