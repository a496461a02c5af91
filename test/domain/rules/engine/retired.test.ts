import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { AlertId, RuleId } from '../../../../functions/domain/ids.ts';
import type { RuleBook } from '../../../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { endedMax } from '../../../../functions/domain/rules/engine/orphans.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { hintOf, withHint } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { dueAt } from '../../../../functions/domain/rules/engine.ts';
import { at, benchOf, feed, type TestBench } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../support/engine/rules.ts';
import { registrationOf } from '../../../support/registration.ts';

const testRule = RuleId.parse('test.rule');
const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 1 };
const rules = boundTo(ruleOf({ select: { quantities: ['methane'], positions: ['T1'] } }));
const tombstone = { id: testRule, by: 'li', reason: 'replaced by test.other', date: '2026-11-28' };
const retired: RuleBook = { ...bookOf(), retired: [tombstone] };

/** The bench as another process finds it, under other rules. */
function under(to: DeviceRules, bench: TestBench): TestBench {
  const writer = byteWriter();
  encodeRules(writer, bench.state().rules, bench.state());
  const other = benchOf(to);
  other.set(decodeRules(byteReader(writer.finish()), to));
  return other;
}

/** A sensor on which the rule fires, with an alert that somebody stored. */
function firing(): TestBench {
  const bench = benchOf(rules);
  feed(bench, [0, 1]);
  bench.set(withHint(bench.state(), testRule, 'ch4', hint));
  return bench;
}

test('semantics 23: retiring a rule sets what it has open recovered, with that reason, and says who and why', () => {
  const bench = under(bindDevice(retired, device()), firing());
  expect(bench.wait(60)).toEqual(['recovered orange @60']);
  const [draft] = bench.drafts;
  expect(draft).toMatchObject({ trigger: 'rule-retired', ruleVersion: 'retired', condition: 'recovered' });
  expect(JSON.parse(draft?.because ?? '')).toMatchObject({
    trigger: 'rule-retired',
    input: tombstoneWithoutId,
  });
  expect(bench.wait(120)).toEqual([]);
  expect(bench.state().orphans).toEqual([]);
});

const { id: _, ...tombstoneWithoutId } = tombstone;

test('semantics 23: a message ends it as time does, before its readings are judged', () => {
  const bench = under(bindDevice(retired, device()), firing());
  expect(bench.send([{ t: 60, v: 3 }])).toEqual(['recovered orange @60']);
});

test('semantics 23: a sensor that leaves `select` ends what is open on it, and another occurrence is of the same alert', () => {
  const moved = bindDevice(rules.book, device([{ position: 'T2' }]));
  const bench = under(moved, firing());
  expect(bench.wait(60)).toEqual(['recovered orange @60']);
  expect(bench.drafts).toMatchObject([{ trigger: 'deselected', ruleVersion: 'v1' }]);
  expect(bench.send([{ t: 90, v: 3 }])).toEqual([]);
  const back = under(rules, under(moved, bench));
  expect(hintOf(back.state(), testRule, 'ch4')).toEqual(hint);
  expect(feed(back, [100, 0], [105, 1])).toEqual(['raised orange firing @105']);
});

test.each([
  ['a rule whose file is missing', bindDevice(bookOf(), device())],
  [
    'a sensor that is not registered',
    bindDevice(rules.book, device([{ sensorId: 'other', position: 'T2' }])),
  ],
  [
    'a device that was revoked',
    bindDevice(rules.book, registrationOf({ deviceId: 'dev-1', status: 'revoked' })),
  ],
])('semantics 23: nothing ends because of %s', (_name, without) => {
  const bench = under(without, firing());
  expect(bench.wait(10_000).filter((line) => line.startsWith('recovered'))).toEqual([]);
  expect(hintOf(bench.state(), testRule, 'ch4')).toEqual(hint);
  expect(bench.state().orphans).toHaveLength(1);
});

test('semantics 23: a rule is retired for a device that was revoked and for a sensor that is gone too', () => {
  const revoked = bindDevice(retired, registrationOf({ deviceId: 'dev-1', status: 'revoked' }));
  const without = bindDevice(retired, device([{ sensorId: 'other' }]));
  for (const bound of [revoked, without]) expect(under(bound, firing()).wait(60)).toHaveLength(1);
});

test('what a retired rule remembers of an alert that is over is dropped', () => {
  const bench = firing();
  feed(bench, [10, 0], [20, 0]);
  const without = under(bindDevice(bookOf(), device()), bench);
  expect(without.state().orphans).toHaveLength(1);
  const after = under(bindDevice(retired, device()), without);
  expect([after.state().orphans, after.wait(60)]).toEqual([[], []]);
});

test('semantics 25: the end of a retired or deselected rule replays from its record, under any rules', () => {
  const ends = [bindDevice(retired, device()), bindDevice(rules.book, device([{ position: 'T2' }]))];
  for (const bound of ends) {
    const bench = under(bound, firing());
    bench.wait(60);
    const because = bench.drafts.at(-1)?.because ?? '';
    expect(replay(because, bound)).toBe(because);
    expect(replay(because, rules)).toBe(because);
  }
});

test('many alerts end a few at a time, so that a commit holds them, and the device stays due until all have ended', () => {
  const names = Array.from({ length: 2 * endedMax + 1 }, (_, i) => `ch4-${i}`);
  const many = device(names.map((sensorId) => ({ sensorId })));
  const bench = benchOf(boundTo(ruleOf(), many));
  bench.send(names.map((sensor) => ({ t: 0, v: 1, sensor })));
  const on = under(bindDevice(retired, many), bench);
  const ended: number[] = [];
  while (dueAt(on.state().rules, on.state()) !== undefined && ended.length < 10)
    ended.push(on.wait(60).length);
  expect(ended).toEqual([endedMax, endedMax, 1]);
});

test('a device on which something has to end is due at once', () => {
  const before = firing();
  const bound = bindDevice(retired, device());
  expect(dueAt(bound, before.state())).toBe(at(0.001));
  expect(dueAt(bindDevice(bookOf(), device()), before.state())).toBeUndefined();
});
