/** What a day costs before the first device reports: ticks, plans, canaries, polls of empty queues. */
import { memorySizeMb } from '../../infra/limits.ts';
import type { Counts } from '../calls/counts.ts';
import { billedMs } from './billed.ts';
import { invocationDollars, type Part } from './model.ts';
import * as prices from './prices.ts';

const secondsPerDay = 86_400;
const ticksPerDay = secondsPerDay / 5;
const plansPerDay = secondsPerDay / 60;
/** Each instant lies ahead of four plans; it works once and finds its marker three times. */
const sparesPerTick = 3;

/** A mapping keeps five long polls of 20 s open at a queue on which nothing comes. */
const emptyPollsPerDay = (secondsPerDay / 20) * 5;
/** Telemetry, backlog, rejected, ticks. */
const mappedQueues = 4;

/** One receive and one delete for a batch of one. */
const takeRequests = 2;
/** A tick is sent with nine others. */
const sendShare = 0.1;

export function dailyParts(counts: Counts): readonly Part[] {
  const sweep = (counted: Counts['tick']) => ({
    memoryMb: memorySizeMb.sweep,
    billedMs: billedMs(counted, memorySizeMb.sweep),
  });
  const ingest = { memoryMb: memorySizeMb.ingest, billedMs: billedMs(counts.canary, memorySizeMb.ingest) };
  const tick = invocationDollars(counts.tick, sweep(counts.tick), takeRequests + sendShare);
  const spare = invocationDollars(counts.spareTick, sweep(counts.spareTick), takeRequests + sendShare);
  // The plan's own sends are counted with the ticks.
  const plan = invocationDollars(counts.plan, sweep(counts.plan), takeRequests) + prices.schedulerCall;
  const canary =
    invocationDollars(counts.canary, ingest, takeRequests + 1) +
    2 * prices.iotRuleOrAction +
    (prices.firehoseStepBytes / prices.gb) * prices.firehoseGb;
  const count = (n: number): string => n.toLocaleString('en-US');
  return [
    { name: 'ticks', dollars: ticksPerDay * tick, how: `${count(ticksPerDay)} with nothing due` },
    {
      name: 'spare ticks',
      dollars: ticksPerDay * sparesPerTick * spare,
      how: `${count(ticksPerDay * sparesPerTick)} that find their work done`,
    },
    { name: 'plans', dollars: plansPerDay * plan, how: `${count(plansPerDay)}, one a minute` },
    { name: 'canaries', dollars: ticksPerDay * canary, how: `${count(ticksPerDay)} the whole way, alone` },
    {
      name: 'empty polls',
      dollars: mappedQueues * emptyPollsPerDay * prices.sqsRequest,
      how: `${mappedQueues} queues x ${count(emptyPollsPerDay)}, at most`,
    },
  ];
}
