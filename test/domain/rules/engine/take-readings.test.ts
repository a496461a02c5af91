import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { never, noBand, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { takeReadings } from '../../../../functions/domain/rules/engine/take-readings.ts';
import { cellOf, sensorOf } from '../../../../functions/domain/rules/engine/work.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import {
  bookOf,
  boundTo,
  choose,
  compare,
  device,
  input,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { linkedRule, sensorNamed, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const { isFalse, isTrue, held, untrusted } = spanKinds;
const other = ruleOf({ id: RuleId.parse('test.other'), levels: [{ severity: 'red', at: 2 }] });
/** Orange from 1 on, and another rule that is red from 2 on. */
const rules = bindDevice(bookOf(ruleOf(), other), device());

/** Readings of a device, taken message by message. */
function taking(of: DeviceRules, ...messages: readonly (readonly GivenReading[])[]) {
  const work = workOn(of);
  const take = (...given: readonly GivenReading[]): readonly string[] => {
    const before = toldIn(work).length;
    const receivedS = Math.max(...given.map(({ t }) => t)) + 1;
    takeReadings(
      work,
      given.map((one, i) => readingOf(one, receivedS, i)),
      at(receivedS),
    );
    return toldIn(work).slice(before);
  };
  for (const message of messages) take(...message);
  return {
    work,
    take,
    cell: (slot = 0) => {
      const condition = of.conditions[slot];
      if (condition === undefined) throw new Error(`no condition ${slot}`);
      return cellOf(work, condition);
    },
    sensor: (sensorId = 'ch4') => sensorOf(work, sensorNamed(of, sensorId)),
  };
}
const spansOf = ({ cell }: ReturnType<typeof taking>, slot = 0) => cell(slot).machines[0]?.spans;

test('semantics 6: the readings of a message are taken by their time, whatever their order', () => {
  const on = taking(rules);
  expect(on.take({ t: 10, v: 0 }, { t: 5, v: 1 }, { t: 8, v: 1 })).toEqual(['ch4: raised orange firing @5']);
  expect(spansOf(on)).toEqual([isTrue, at(5), at(8), isFalse, at(10), at(10)]);
  expect(on.sensor()).toMatchObject({ at: at(10), number: 0, quality: 'good' });
});

test('semantics 6: readings of one sensor at one instant are judged together, wherever they stand', () => {
  const two = boundTo(
    ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 5 }] }),
    device([{}, { sensorId: 'b' }]),
  );
  const on = taking(two);
  on.take({ t: 5, v: 0 }, { t: 5, v: 7, sensor: 'b' }, { t: 5, v: 1 }, { t: 5, v: 9, sensor: 'nobody' });
  expect(spansOf(on)).toEqual([isTrue, at(5), at(5)]);
  expect(spansOf(on, 1)).toEqual([isTrue, at(5), at(5)]);
  expect([on.sensor().number, on.sensor('b').number]).toEqual([1, 7]);
  const apart = taking(two);
  apart.take({ t: 5, v: 0 }, { t: 5, v: 7, sensor: 'b' }, { t: 6, v: 1 }, { t: 6, v: 9, sensor: 'nobody' });
  expect(apart.cell().machines[0]).toMatchObject({ phase: phases.pending, since: at(6) });
  expect(apart.sensor('b').at).toBe(at(5));
});

test('a calm reading is noted by its sensor alone', () => {
  const on = taking(rules, [{ t: 0, v: 0 }]);
  const cells = [on.cell(0), on.cell(1)];
  expect(on.take({ t: 5, v: 0.5 })).toEqual([]);
  expect(on.sensor()).toMatchObject({
    isCalm: true,
    calmFrom: at(0),
    at: at(5),
    number: 0.5,
    lifeSetAt: at(6),
  });
  expect([on.cell(0) === cells[0], on.cell(1) === cells[1]]).toEqual([true, true]);
  expect(on.cell().evaluatedAt).toBe(never);
});

test('calm readings of several sensors and instants in one message are noted by their sensors alone', () => {
  const two = boundTo(ruleOf(), device([{}, { sensorId: 'b' }]));
  const on = taking(two);
  on.take({ t: 0, v: 0 }, { t: 0, v: 0, sensor: 'b' }, { t: 5, v: 0 }, { t: 5, v: 0, sensor: 'b' });
  expect([on.sensor().isCalm, on.sensor('b').isCalm, on.work.cells]).toEqual([true, true, undefined]);
  on.take({ t: 6, v: 0 }, { t: 6, v: 0, sensor: 'b' }, { t: 7, v: 0 }, { t: 7, v: 0 });
  expect([on.sensor().isCalm, on.sensor('b').isCalm]).toEqual([false, true]);
});

test('readings of one instant that are judged together leave those of the next to it', () => {
  const on = taking(rules);
  on.take({ t: 5, v: 0 }, { t: 5, v: 1 }, { t: 10, v: 0 });
  expect(spansOf(on)).toEqual([isTrue, at(5), at(5), isFalse, at(10), at(10)]);
});

test('a rule that is moved catches up with what was calm; the sensor goes on speaking for the others', () => {
  const on = taking(rules, [{ t: 0, v: 0 }], [{ t: 5, v: 0 }]);
  const still = on.cell(1);
  expect(on.take({ t: 10, v: 1 })).toEqual(['ch4: raised orange firing @10']);
  expect(spansOf(on)).toEqual([isFalse, at(0), at(5), isTrue, at(10), at(10)]);
  expect(on.cell(1)).toBe(still);
  expect(on.sensor()).toMatchObject({
    isCalm: true,
    calmFrom: at(0),
    at: at(10),
    lifeAt: at(10),
    band: noBand,
  });
});

const vague = ruleOf({ id: RuleId.parse('test.vague') });
const when = choose(valueIs('ge', 'orange'), input('limits.unset'), literal(false));
const vagueToo = bindDevice(
  bookOf({ ...vague, severities: vague.severities.map((one) => ({ ...one, when })) }, other),
  device(),
);

test('a rule of which nothing is known yet leaves the sensor to speak for the others', () => {
  const on = taking(vagueToo, [{ t: 5, v: 1 }]);
  expect([spansOf(on, 0), spansOf(on, 1)]).toEqual([[], []]);
  expect([on.cell(0).unknownAt, on.cell(1).evaluatedAt, on.sensor().isCalm]).toEqual([at(5), never, true]);
});

test('where a rule that is moved has no answer every rule on the sensor speaks for itself again', () => {
  const on = taking(vagueToo, [{ t: 0, v: 0 }], [{ t: 5, v: 1 }]);
  expect([spansOf(on, 0), spansOf(on, 1)]).toEqual([
    [isFalse, at(0), at(0)],
    [isFalse, at(0), at(5)],
  ]);
  expect(on.cell(1)).toMatchObject({ evaluatedAt: at(5), lifeAt: at(5), lifeSetAt: at(6) });
  expect(on.sensor()).toMatchObject({ isCalm: false, at: at(5), lifeAt: at(5) });
});

test('semantics 9: a reading that is not newer than the newest of its sensor is late', () => {
  const on = taking(rules, [{ t: 10, v: 0 }]);
  expect(on.take({ t: 10, v: 1 })).toEqual(['ch4: raised orange firing @10 late']);
  expect(on.take({ t: 9, v: 2 })).toContain('ch4: raised red firing @9 late');
  expect(on.sensor()).toMatchObject({ at: at(10), number: 0, isCalm: false });
});

test('semantics 10: an untrusted reading raises, and leaves its sensor as it was', () => {
  const on = taking(rules, [{ t: 10, v: 0 }], [{ t: 15, v: 0.5 }]);
  expect(on.take({ t: 20, v: 1, trusted: false })).toEqual(['ch4: raised orange firing @20 untrusted']);
  expect(spansOf(on)).toEqual([isFalse, at(10), at(15), untrusted, at(20), at(20)]);
  expect(on.cell()).toMatchObject({ evaluatedAt: at(15), lifeAt: at(15) });
  expect(on.sensor()).toMatchObject({ at: at(15), number: 0.5, isCalm: false, band: noBand });
});

test('semantics 5: a held reading is judged in order, after what was calm before it', () => {
  const on = taking(rules, [{ t: 10, v: 0 }], [{ t: 15, v: 0.5 }]);
  expect(on.take({ t: 20, v: 1, q: 'calibrating' })).toEqual([]);
  expect(spansOf(on)).toEqual([isFalse, at(10), at(15), held, at(20), at(20)]);
  expect(on.cell()).toMatchObject({ evaluatedAt: at(20), holdAt: at(20) });
  expect(on.sensor()).toMatchObject({ at: at(20), number: 1, quality: 'calibrating', isCalm: false });
  expect(on.sensor().lastGood).toEqual({ at: at(15), value: 0.5 });
});

test('of one instant the trusted are judged in order, then the others as late, each once', () => {
  const on = taking(rules, [{ t: 10, v: 0 }], [{ t: 15, v: 0 }]);
  const mixed = [
    { t: 20, v: 0.2 },
    { t: 20, v: 1, trusted: false },
  ];
  expect(on.take(...mixed)).toEqual(['ch4: raised orange firing @20 untrusted']);
  expect(on.cell()).toMatchObject({ evaluatedAt: at(20), lifeAt: at(20), lateCount: 0 });
  expect(spansOf(on)?.slice(0, 2)).toEqual([isFalse, at(10)]);
  expect(on.sensor()).toMatchObject({ at: at(20), number: 0.2 });
  const trustedFirst = taking(rules);
  trustedFirst.take({ t: 20, v: 1 }, { t: 20, v: 0, trusted: false });
  expect(trustedFirst.cell()).toMatchObject({ evaluatedAt: at(20), lateCount: 0 });
});

test('semantics 5: a reading that the rule ignores says nothing of the sensor’s data', () => {
  const on = taking(boundTo(ruleOf({ quality: { ...ruleOf().quality, calibrating: 'ignore' } })));
  expect(on.take({ t: 5, v: 9, q: 'calibrating' })).toEqual([]);
  expect([on.cell().evaluatedAt, on.sensor().at]).toEqual([never, at(5)]);
});

test('several late readings of one instant are judged one by one, after what was calm before them', () => {
  const on = taking(rules, [{ t: 10, v: 0 }], [{ t: 15, v: 0 }]);
  expect(on.take({ t: 12, v: 0 }, { t: 12, v: 1 })).toEqual(['ch4: raised orange firing @12 late']);
  expect(spansOf(on)).toEqual([isFalse, at(10), at(10), isTrue, at(12), at(12), isFalse, at(15), at(15)]);
  expect(on.cell().evaluatedAt).toBe(at(15));
});

/** Raised where three readings lie within a minute. */
const windowed = boundTo(
  windowRule({ window: { lengthS: 60, functions: ['count'] }, when: figureIs('count', 'ge', 3) }),
);

test('semantics 17: readings enter windows before their instant is judged', () => {
  const on = taking(windowed, [{ t: 0, v: 0 }], [{ t: 10, v: 0 }]);
  expect(on.take({ t: 20, v: 0 })).toEqual(['ch4: raised orange firing @20']);
});

test('semantics 17: a late reading makes what came after it judged again, where it is good and trusted', () => {
  const late = (given: Partial<GivenReading>) => {
    const on = taking(windowed, [{ t: 0, v: 0 }], [{ t: 20, v: 0 }]);
    return on.take({ t: 10, v: 0, ...given });
  };
  expect(late({})).toEqual(['ch4: raised orange firing @20 late']);
  expect(late({ trusted: false })).toEqual([]);
  expect(late({ q: 'calibrating' })).toEqual([]);
});

test('semantics 9, 10, 17: what has entered no window makes nothing be judged again', () => {
  const twice = figureIs('count', 'ge', 2);
  const window = { lengthS: 10, functions: ['count'] } as const;
  const over = taking(boundTo(windowRule({ window, when: twice })));
  for (const t of [10, 11, 30, 50]) over.take({ t, v: 0 });
  expect(toldIn(over.work)).toEqual(['ch4: raised orange firing @11', 'ch4: recovered orange @50']);
  expect(over.take({ t: 5, v: 0, trusted: false })).toEqual([]);
  const isHeld = compare('eq', input('quality'), literal('calibrating'));
  const when: Expression = { op: 'and', left: twice, right: isHeld };
  const on = taking(boundTo(windowRule({ window, when })), [{ t: 10, v: 0 }], [{ t: 11, v: 0 }]);
  on.take({ t: 5, v: 0, q: 'calibrating' });
  expect(on.cell().machines[0]?.phase).toBe(phases.idle);
});

test('conditions that name several sensors are judged after the readings of the instant', () => {
  const linked = boundTo(linkedRule(), withFan);
  const on = taking(linked);
  expect(on.take({ t: 5, v: 1 }, { t: 5, v: false, sensor: 'fan' })).toEqual([
    'ch4: raised orange firing @5',
  ]);
  expect(on.sensor('fan').recent.stretches).toHaveLength(1);
  const inOne = taking(linked);
  expect(
    inOne.take({ t: 5, v: 1 }, { t: 5, v: true, sensor: 'fan' }, { t: 6, v: false, sensor: 'fan' }),
  ).toEqual(['ch4: raised orange firing @6']);
  expect(on.take({ t: 6, v: 1, q: 'fault' })).toEqual([
    'ch4: data.fault raised yellow firing @6',
    'ch4: stale orange stale @6 quality',
  ]);
});
