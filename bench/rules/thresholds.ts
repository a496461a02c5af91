/** Thresholds with `for` and hysteresis: our engine, the peers, and `JSON.parse` of the same readings. */
import type { Figure } from '../figures.ts';
import { tell } from '../report.ts';
import { nsOf, ratioOf, timeInTurn, type Way } from './measure.ts';
import {
  bindFleet,
  envelopesOf,
  evaluate,
  noWatermark,
  readAll,
  readAndEvaluate,
  readOnly,
  toldOf,
} from './paths.ts';
import { byHand } from './peers/by-hand.ts';
import { compiledCel } from './peers/compiled-cel.ts';
import { installedPeers } from './peers/install.ts';
import { readyPeer } from './peers/run-peer.ts';
import { holdToSame, linesOf } from './transitions.ts';
import { bookOf } from './workload/book.ts';
import { messagesOf, type SentMessage } from './workload/messages.ts';
import { fullSize } from './workload/size.ts';

/** Messages that the slowest peer is given: it takes as long for these as the others for all. */
const slowCount = 10_000;

/** `JSON.parse` of all texts: what everything is measured by. */
export const parseWay = (name: string, messages: readonly SentMessage[], readingCount: number): Way => ({
  name,
  readingCount,
  run: () => {
    let count = 0;
    for (const { text } of messages) {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) count += parsed.length;
    }
    if (count !== readingCount) throw new Error(`${count} readings were parsed, not ${readingCount}`);
  },
});

export async function measureThresholds(): Promise<{
  readonly goals: readonly Figure[];
  readonly split: readonly Figure[];
}> {
  const { rulesEngine, logicEngine } = await installedPeers();
  tell('making 200,000 messages of one reading');
  const bound = bindFleet(bookOf(fullSize), fullSize);
  const messages = messagesOf(fullSize, 'one a message', false);
  const envelopes = envelopesOf(messages);
  const readings = readAll(bound, messages, envelopes);
  tell('holding all engines to the same transitions');
  const wanted = linesOf(toldOf(evaluate(bound, readings, noWatermark)));
  holdToSame(
    'the way from the string',
    wanted,
    linesOf(toldOf(readAndEvaluate(bound, messages, envelopes, noWatermark))),
  );
  const fast = [byHand, logicEngine, compiledCel].map((peer) => readyPeer(peer, fullSize));
  for (const peer of fast) holdToSame(peer.name, wanted, linesOf(await peer.run(readings)));
  const slow = readyPeer(rulesEngine, fullSize);
  const some = readings.slice(0, slowCount);
  holdToSame(slow.name, linesOf(toldOf(evaluate(bound, some, noWatermark))), linesOf(await slow.run(some)));
  tell('timing thresholds');
  const count = readings.length;
  const times = await timeInTurn([
    parseWay('parse', messages, count),
    { name: 'evaluate', readingCount: count, run: () => evaluate(bound, readings, noWatermark) },
    { name: 'read', readingCount: count, run: () => readOnly(bound, messages, envelopes) },
    {
      name: 'whole',
      readingCount: count,
      run: () => readAndEvaluate(bound, messages, envelopes, noWatermark),
    },
    ...fast.map((peer) => ({ name: peer.name, readingCount: count, run: () => peer.run(readings) })),
    { name: slow.name, readingCount: slowCount, run: () => slow.run(some) },
  ]);
  const against = (name: string): string =>
    `${Math.round(nsOf(times, name))} ns a reading, ours ${Math.round(nsOf(times, 'evaluate'))} ns`;
  const same = `${wanted.length} transitions, the same of all`;
  return {
    goals: [
      {
        name: 'engine only, thresholds',
        value: ratioOf(times, 'evaluate', 'parse'),
        unit: 'x JSON.parse',
        goal: 0.5,
        note: `${Math.round(nsOf(times, 'evaluate'))} ns a reading`,
      },
      {
        name: 'string in to transitions, thresholds',
        value: ratioOf(times, 'whole', 'parse'),
        unit: 'x JSON.parse',
        goal: 1.7,
        note: `${Math.round(nsOf(times, 'whole'))} ns a reading; bytes in, dedupe and clock included`,
      },
      {
        name: `faster than ${slow.name}`,
        value: ratioOf(times, slow.name, 'evaluate'),
        unit: 'x',
        goal: 40,
        atLeast: true,
        note: `${against(slow.name)}; ${slowCount} readings of it`,
      },
      ...[logicEngine, compiledCel].map(({ name }) => ({
        name: `faster than ${name}`,
        value: ratioOf(times, name, 'evaluate'),
        unit: 'x',
        goal: 1,
        atLeast: true,
        note: `${against(name)}; ${same}`,
      })),
    ],
    split: [
      { name: 'JSON.parse', value: nsOf(times, 'parse'), unit: 'ns', note: 'the yardstick' },
      {
        name: 'read',
        value: nsOf(times, 'read'),
        unit: 'ns',
        note: 'bytes to checked, deduplicated, timed readings',
      },
      { name: 'evaluate', value: nsOf(times, 'evaluate'), unit: 'ns' },
      {
        name: byHand.name,
        value: nsOf(times, byHand.name),
        unit: 'ns',
        note: 'in place of evaluate: the thresholds and timers without any engine',
      },
    ],
  };
}
