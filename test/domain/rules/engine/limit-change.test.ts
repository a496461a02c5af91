import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { rebind } from '../../../../functions/domain/rules/engine/rebind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { DeviceRegistration } from '../../../../functions/domain/telemetry/registration.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, benchOf, feed, start } from '../../../support/engine/bench.ts';
import { deviceUnder } from '../../../support/engine/registered.ts';
import { boundTo, compare, device, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { modeOf, overrideOf } from '../../../support/overrides.ts';

const methane = ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.9 }] });
const slow = ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 20 }] });
const with_ = (given: Partial<DeviceRegistration>): DeviceRegistration => ({ ...device(), ...given });
const from = (second: number, value: number, given = {}) =>
  overrideOf({ from: start + second * 1000, at: start, value, ...given });

describe('semantics 22: a reading uses the limits in force at its phenomenon time', () => {
  test('before and after the first instant of an override', () => {
    const bench = benchOf(boundTo(methane, with_({ overrides: [from(10, 0.8)] })));
    expect(feed(bench, [0, 0.85])).toEqual([]);
    expect(bench.send([{ t: 9.999, v: 0.85 }], 9.999)).toEqual([]);
    expect(bench.send([{ t: 10, v: 0.85 }], 10)).toEqual(['raised orange firing @10']);
  });

  test('a late reading is judged by the limits of its own time', () => {
    const bench = benchOf(boundTo(methane, with_({ overrides: [from(10, 0.8, { until: start + 20_000 })] })));
    feed(bench, [0, 0.1], [25, 0.1]);
    expect(bench.send([{ t: 5, v: 0.85 }], 26)).toEqual([]);
    expect(bench.send([{ t: 12, v: 0.85 }], 26)).toEqual(['raised orange firing @12 late']);
  });

  test('a condition that asks a window too', () => {
    const window = { lengthMs: seconds(10), backMs: seconds(0), countMin: 1, functions: ['max'] } as const;
    const when = compare('ge', { op: 'window', fn: 'max', window: 0 }, input('limits.orange'));
    const [orange] = methane.severities;
    const rule = { ...methane, windows: [window], severities: orange ? [{ ...orange, when }] : [] };
    const bench = benchOf(boundTo(rule, with_({ overrides: [from(20, 0.8)] })));
    const series = Array.from({ length: 20 }, (_, second) => [second, 0.85] as const);
    expect(feed(bench, ...series)).toEqual([]);
    expect(feed(bench, [20, 0.85])).toEqual(['raised orange firing @20']);
  });

  test('nothing that was never changed has more than one era', () => {
    const [condition] = boundTo(methane).conditions;
    expect(condition?.eras).toHaveLength(1);
    expect(boundTo(methane).conditions[0]?.eras[0]?.key).toBe(0);
  });
});

describe('semantics 22: a tightening', () => {
  test('raises on the last good value, without a reading, with its reason', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    one.register({ overrides: [from(5, 0.8)] });
    expect(one.due()).toBe(5);
    expect(one.wait(4)).toEqual([]);
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
    const [draft] = one.drafts;
    expect(draft).toMatchObject({ trigger: 'limit-changed', value: 0.85, at: at(5) });
    expect(JSON.parse(draft?.because ?? '').limits.orange).toMatchObject({
      value: 0.8,
      origin: 'override',
      scope: 'enterprise ent-1',
      by: 'issuer|owner',
      at: start,
    });
    expect(one.wait(7)).toEqual([]);
  });

  test('that reaches the device late counts from its first instant, and not before the value was known', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    one.register({ overrides: [from(-5, 0.8)] });
    expect(one.wait(2)).toEqual(['raised orange firing @0']);
  });

  test('is met before the next message is judged', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    one.register({ overrides: [from(5, 0.8)] });
    expect(one.send(10, 0.1)).toEqual(['raised orange firing @5']);
  });

  test('starts `for` on the last good value, and the deadline raises', () => {
    const one = deviceUnder(slow);
    one.send(0, 0.85);
    one.register({ overrides: [from(5, 0.8)] });
    expect(one.wait(6)).toEqual([]);
    expect(one.send(24, 0.85)).toEqual([]);
    expect(one.send(25, 0.85)).toEqual(['raised orange firing @25']);
    const silent = deviceUnder({ ...slow, silent: { severity: 'blue', afterMs: methane.maxHoldMs } });
    silent.send(0, 0.85);
    silent.register({ overrides: [from(5, 0.8)] });
    silent.wait(6);
    expect(silent.due()).toBe(55);
    expect(silent.wait(56)).toEqual(['raised orange firing @55']);
  });

  test('keeps the start of a run that waits', () => {
    const one = deviceUnder(slow);
    one.send(0, 1.2);
    one.register({ overrides: [from(5, 0.8)] });
    one.wait(6);
    expect(one.send(20, 1.2)).toEqual(['raised orange firing @20']);
  });

  test('starts a clear run again that the value does not clear any more', () => {
    const one = deviceUnder(methane);
    one.send(0, 1.2);
    one.send(5, 0.85);
    one.register({ overrides: [from(8, 0.8)] });
    one.wait(9);
    expect(one.send(16, 0.85)).toEqual([]);
    expect([...one.send(20, 0.7), ...one.send(30, 0.7)]).toEqual(['recovered orange @30']);
  });

  test('judges nothing on a value that is not good', () => {
    const bench = benchOf(boundTo(methane, with_({ overrides: [from(5, 0.8)] })));
    bench.send([{ t: 0, v: 0.85, q: 'unknown' }]);
    expect(bench.wait(6)).toEqual([]);
  });

  test('semantics 7: a gap starts a clear run again, also at a reading from before the change that comes after it', () => {
    const one = deviceUnder(methane, device(), () => undefined);
    expect([...one.send(0, 1.2), ...one.send(5, 0.1)]).toEqual(['raised orange firing @0']);
    one.register({ overrides: [from(200, 0.8)] });
    one.wait(201);
    expect([...one.send(198, 0.1, 202), ...one.send(203, 0.1)]).toEqual([]);
    expect(one.send(213, 0.1)).toEqual(['recovered orange @213']);
  });

  test('semantics 7: what is not clear breaks a clear run, also at a reading from before the change that comes after it', () => {
    const one = deviceUnder(ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.5 }] }));
    expect([...one.send(0, 1.2), ...one.send(5, 0.1)]).toEqual(['raised orange firing @0']);
    one.register({ overrides: [from(20, 0.8)] });
    one.wait(21);
    const pack = [
      { t: 12, v: 0.7 },
      { t: 16, v: 0.1 },
    ];
    expect(one.sendPack(pack, 22)).toEqual([]);
  });

  test('a reading from before it that comes after it clears nothing, and is the value that it judges then', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.1);
    one.register({ overrides: [from(5, 0.8)] });
    one.wait(6);
    expect(one.send(4, 0.85, 7)).toEqual([]);
    expect(one.due()).toBe(7);
    expect(one.wait(8)).toEqual(['raised orange firing @7']);
  });
});

describe('semantics 22: a loosening', () => {
  const signed = { isSigned: true };

  test('never clears on an old value; the next readings do', () => {
    const one = deviceUnder(methane);
    expect(one.send(0, 1.2)).toEqual(['raised orange firing @0']);
    one.register({
      overrides: [from(5, 2, signed), from(5, 1.9, { ...signed, limit: 'orangeClear' })],
    });
    expect(one.wait(20)).toEqual([]);
    expect([...one.send(21, 1.2), ...one.send(31, 1.2)]).toEqual(['recovered orange @31']);
  });

  test('ends a run that waits when the last good value contradicts it', () => {
    const one = deviceUnder({ ...slow, silent: { severity: 'blue', afterMs: methane.maxHoldMs } });
    one.send(0, 1.2);
    expect(one.due()).toBe(50);
    one.register({ overrides: [from(5, 2, signed)] });
    expect([...one.wait(6), ...one.wait(100)]).toEqual([]);
  });
});

describe('semantics 22: mode and inventory', () => {
  const [orange] = methane.severities;
  const inEmergency = {
    op: 'and' as const,
    left: compare('eq', input('mode'), literal('emergency')),
    right: compare('ge', input('value'), literal(0.5)),
  };
  const modal = { ...methane, severities: orange ? [{ ...orange, when: inEmergency }] : [] };

  test('an emergency is a tightening, its end clears nothing', () => {
    const one = deviceUnder(modal);
    one.send(0, 0.6);
    one.register({ modes: [modeOf('emergency', start + 5_000)] });
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
    expect(JSON.parse(one.drafts[0]?.because ?? '').constants).toEqual({ mode: 'emergency' });
    one.register({ modes: [modeOf('emergency', start + 5_000), modeOf('normal', start + 10_000)] });
    expect(one.wait(20)).toEqual([]);
    expect([...one.send(21, 0.6), ...one.send(31, 0.6)]).toEqual(['recovered orange @31']);
  });

  test('another grade binds its limit at once, and the record says which', () => {
    const byGrade = { ...methane, limits: { ...methane.limits } };
    const { orange: limit } = byGrade.limits;
    if (limit) byGrade.limits['orange'] = { ...limit, byGrade: { 1: 0.8 } };
    const one = deviceUnder(byGrade);
    one.send(0, 0.85);
    const { sources } = device();
    const graded = sources.map((source) => ({ ...source, grade: 1 }));
    one.register({ sources: graded, former: sources.map((source) => ({ until: at(5), source })) });
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
    expect(JSON.parse(one.drafts[0]?.because ?? '').limits.orange).toMatchObject({
      origin: 'grade',
      grade: 1,
    });
  });
});

describe('semantics 23: timers', () => {
  test('survive a change of limits, which is none of the rule', () => {
    const plain = boundTo(methane);
    const dated = boundTo(methane, with_({ overrides: [from(5, 0.8)] }));
    const shapes = (rules: DeviceRules) =>
      rules.conditions.map(({ severities }) => severities.map(({ shape }) => shape));
    expect(shapes(dated)).toEqual(shapes(plain));
  });

  test('the era that was met is stored, so that nothing is met twice', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    const overrides = [from(5, 0.8)];
    one.register({ overrides });
    one.wait(6);
    one.register({ overrides });
    expect(one.state()).toEqual(rebind(one.state(), one.rules()));
    expect(one.wait(10)).toEqual([]);
    expect(one.due()).toBe(30);
  });
});

describe('semantics 25: the record of a limit that changed', () => {
  const drafted = () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    one.register({ overrides: [from(5, 0.8)] });
    one.wait(6);
    one.send(10, 0.5);
    one.send(25, 0.5);
    return one;
  };

  test('replays to the same bytes under the registration that made it', () => {
    const one = drafted();
    expect(one.drafts).toHaveLength(2);
    for (const { because } of one.drafts) expect(replay(because, one.rules())).toBe(because);
  });

  test('and under one that has forgotten the override', () => {
    for (const { because } of drafted().drafts) expect(replay(because, boundTo(methane))).toBe(because);
  });
});
