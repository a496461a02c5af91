/** Full semantics: unknown inputs, quality, dedupe, late readings, silence, and windows where the engine has them. */
import { openMessage } from '../../functions/domain/telemetry/open-message.ts';
import { decodeTwin, encodeTwin, newTwin } from '../../functions/domain/twin/twin.ts';
import type { Figure } from '../figures.ts';
import { tell } from '../report.ts';
import { nsOf, ratioOf, type Times, timeInTurn, type Way } from './measure.ts';
import {
  admitAndEvaluate,
  at,
  type Bound,
  bindFleet,
  envelopesOf,
  freshWatermark,
  openAll,
  readAndEvaluate,
  readOnly,
  takeStored,
  toldOf,
} from './paths.ts';
import { parseWay } from './thresholds.ts';
import { holdToSame, linesOf } from './transitions.ts';
import { fullBookOf } from './workload/full-book.ts';
import { messagesOf, type SentMessage, type Shape } from './workload/messages.ts';
import { fullSize, registeredAt } from './workload/size.ts';

export interface FullFigures {
  readonly goals: readonly Figure[];
  readonly split: readonly Figure[];
}

interface Prepared {
  readonly bound: Bound;
  readonly messages: readonly SentMessage[];
  readonly envelopes: ReturnType<typeof envelopesOf>;
  readonly readingCount: number;
}

function prepare(shape: Shape): Prepared {
  tell(`making the messages of full semantics, ${shape}`);
  const bound = bindFleet(fullBookOf(fullSize), fullSize);
  const messages = messagesOf(fullSize, shape, true);
  const readingCount = messages.reduce((sum, { recordCount }) => sum + recordCount, 0);
  return { bound, messages, envelopes: envelopesOf(messages), readingCount };
}

const line = (times: Times, name: string, note?: string): Figure => ({
  name,
  value: nsOf(times, name),
  unit: 'ns',
  ...(note === undefined ? {} : { note }),
});

export async function measureAlone(): Promise<FullFigures> {
  const { bound, messages, envelopes, readingCount } = prepare('one a message');
  const opened = openAll(bound, messages, envelopes);
  const wanted = linesOf(toldOf(admitAndEvaluate(bound, messages, opened, freshWatermark)));
  const found = linesOf(toldOf(readAndEvaluate(bound, messages, envelopes, freshWatermark)));
  holdToSame('the way from the bytes', wanted, found);
  tell('timing full semantics, one a message');
  const times = await timeInTurn([
    parseWay('JSON.parse', messages, readingCount),
    {
      name: 'evaluate',
      readingCount,
      run: () => admitAndEvaluate(bound, messages, opened, freshWatermark),
    },
    { name: 'read', readingCount, run: () => readOnly(bound, messages, envelopes) },
    { name: 'whole', readingCount, run: () => readAndEvaluate(bound, messages, envelopes, freshWatermark) },
  ]);
  return {
    goals: [
      {
        name: 'engine only, full semantics',
        value: ratioOf(times, 'evaluate', 'JSON.parse'),
        unit: 'x JSON.parse',
        goal: 0.75,
        note: `${Math.round(nsOf(times, 'evaluate'))} ns a reading; ${wanted.length} transitions`,
      },
      {
        name: 'decode + check + evaluate, full semantics',
        value: ratioOf(times, 'whole', 'JSON.parse'),
        unit: 'x JSON.parse',
        goal: 2.7,
        note: `${Math.round(nsOf(times, 'whole'))} ns a reading, one a message`,
      },
    ],
    split: [
      line(times, 'JSON.parse', 'the yardstick'),
      line(times, 'read', 'bytes to checked, deduplicated, timed readings'),
      line(times, 'evaluate', 'with dedupe and clock, which are in read too'),
      line(times, 'whole'),
    ],
  };
}

/** Base64 to bytes, nothing else. */
const base64Way = (base64: readonly string[], readingCount: number): Way => ({
  name: 'base64',
  readingCount,
  run: () => {
    let length = 0;
    for (const text of base64) length += Buffer.from(text, 'base64').length;
    return length;
  },
});

/** The twin of each message's device decoded and encoded, nothing in between. */
function twinWay(bound: Bound, messages: readonly SentMessage[], readingCount: number): Way {
  const twins = bound.rules.map((rules) => encodeTwin(newTwin(rules, registeredAt), rules));
  return {
    name: 'twin',
    readingCount,
    run: () => {
      for (const { device } of messages) {
        const rules = at(bound.rules, device);
        const decoded = decodeTwin(at(twins, device), rules);
        if (decoded.ok) twins[device] = encodeTwin(decoded.twin, rules);
      }
    },
  };
}

export async function measurePacks(): Promise<FullFigures> {
  const { bound, messages, envelopes, readingCount } = prepare('packs of 25');
  const base64 = envelopes.map(({ data }) => Buffer.from(data).toString('base64'));
  const opened = openAll(bound, messages, envelopes);
  const wanted = linesOf(toldOf(admitAndEvaluate(bound, messages, opened, freshWatermark)));
  const stored = linesOf(toldOf(takeStored(bound, messages, base64, envelopes, freshWatermark)));
  holdToSame('the way through stored twins', wanted, stored);
  tell('timing full semantics, packs of 25');
  const times = await timeInTurn([
    parseWay('JSON.parse', messages, readingCount),
    base64Way(base64, readingCount),
    twinWay(bound, messages, readingCount),
    {
      name: 'check',
      readingCount,
      run: () => {
        for (let i = 0; i < envelopes.length; i++)
          openMessage(at(envelopes, i), 'senml', at(bound.registrations, at(messages, i).device));
      },
    },
    {
      name: 'evaluate',
      readingCount,
      run: () => admitAndEvaluate(bound, messages, opened, freshWatermark),
    },
    {
      name: 'whole',
      readingCount,
      run: () => takeStored(bound, messages, base64, envelopes, freshWatermark),
    },
  ]);
  return {
    goals: [
      {
        name: 'packed 25 a message, full semantics',
        value: ratioOf(times, 'whole', 'base64', 'JSON.parse'),
        unit: 'x (base64 + JSON.parse)',
        goal: 3.5,
        note: `${Math.round(nsOf(times, 'whole'))} ns a reading, twin decoded and encoded once a message`,
      },
    ],
    split: [
      line(times, 'base64'),
      line(times, 'JSON.parse', 'the yardstick, with base64'),
      line(times, 'check', 'bytes to checked records, parsing included'),
      line(times, 'evaluate', 'with dedupe and clock'),
      line(times, 'twin', 'decode and encode, blank'),
      line(times, 'whole'),
    ],
  };
}
