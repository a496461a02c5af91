import { RuleId } from '../../../../functions/domain/ids.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  deviceSilence,
  hasLife,
  lastSign,
} from '../../../../functions/domain/rules/engine/device-silence.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import type { TransitionDraft } from '../../../../functions/domain/rules/transition.ts';
import { rankOf, type Severity } from '../../../../functions/domain/severity.ts';
import { instant, seconds } from '../../../../functions/domain/time.ts';
import { bookOf, device, ruleOf } from '../../../support/engine/rules.ts';
import { stateWith } from '../../../support/engine/states.ts';

const silentRule = (id: string, afterS: number, severity: Severity = 'orange', quantity = 'methane'): Rule =>
  ruleOf({
    id: RuleId.parse(id),
    select: { quantities: [quantity] },
    silent: { afterMs: seconds(afterS), severity },
  });
const withoutSilence = (id: string): Rule => {
  const { silent: _, ...rule } = silentRule(id, 0);
  return rule;
};
const two = device([{}, { sensorId: 'o2', quantity: 'oxygen', period: 10_000 }]);
const bound = (...rules: readonly Rule[]): DeviceRules => bindDevice(bookOf(...rules), two);

const fellSilent = (
  sensorId = 'ch4',
  ruleId = 'test.a',
  given: Partial<TransitionDraft> = {},
): TransitionDraft => ({
  ...{ ruleId: RuleId.parse(ruleId), ruleVersion: 'v1', sensorId, change: 'raised', condition: 'stale' },
  ...{ severity: 'orange', phenomenonAt: instant(0), at: instant(0), trigger: 'silence', marks: [] },
  ...{ value: undefined, quality: 'good', because: '{}' },
  ...given,
});

describe('semantics 12: the silence of a device', () => {
  const both = () => bound(silentRule('test.a', 30), silentRule('test.b', 60, 'yellow', 'oxygen'));
  const found = (
    rules: DeviceRules,
    state: RuleState,
    drafts: readonly TransitionDraft[],
    nowMs: number,
    watermarkMs: number | undefined = nowMs,
  ) =>
    deviceSilence(
      rules,
      state,
      drafts,
      instant(nowMs),
      watermarkMs === undefined ? undefined : instant(watermarkMs),
    );

  test('is the cause when nothing was heard of it for as long as the silence of a sensor', () => {
    const rules = both();
    const children = [fellSilent()];
    expect(found(rules, stateWith(rules), children, 30_001)).toEqual({
      newestSignAt: 0,
      sensorCount: 2,
      children,
      severity: 'orange',
    });
    expect(found(rules, stateWith(rules), children, 30_000)).toBeUndefined();
  });

  test('is no cause of what is told for another reason', () => {
    const rules = both();
    expect(found(rules, stateWith(rules), [], 90_000)).toBeUndefined();
    expect(
      found(rules, stateWith(rules), [fellSilent('ch4', 'test.a', { trigger: 'reading' })], 90_000),
    ).toBeUndefined();
  });

  test('is the cause only of those whose own silence it lasts for', () => {
    const rules = both();
    const drafts = [
      fellSilent('o2', 'test.b'),
      fellSilent('ch4', 'test.a', { trigger: 'quality' }),
      fellSilent('ch4', 'test.a'),
      fellSilent('ch4', 'test.b'),
      fellSilent('gone', 'test.a'),
    ];
    expect(found(rules, stateWith(rules), drafts, 60_000)?.children).toEqual([drafts[2]]);
    expect(found(rules, stateWith(rules), drafts, 60_001)?.children).toEqual([drafts[0], drafts[2]]);
  });

  test.each([
    ['a reading of another sensor', { sensors: [{}, { at: 1_000 }] }],
    ['a sign of life of another sensor', { sensors: [{}, { lifeAt: 1_000 }] }],
    ['a sign of life that a condition has noted', { cells: [{}, { lifeAt: 1_000 }] }],
  ])('is counted from %s', (_, given) => {
    const rules = both();
    const state = stateWith(rules, given);
    expect(found(rules, state, [fellSilent()], 31_000)).toBeUndefined();
    expect(found(rules, state, [fellSilent()], 31_001)?.newestSignAt).toBe(1_000);
  });

  test.each([
    [60_000, 60_000, true],
    [60_000, 30_001, true],
    [60_001, 30_001, true],
    [60_002, 30_001, false],
    [60_000, 30_000, false],
  ])('semantics 13: at %i it is proven by a watermark at %i: %s', (nowMs, watermarkMs, isProven) => {
    const rules = both();
    expect(found(rules, stateWith(rules), [fellSilent()], nowMs, watermarkMs) !== undefined).toBe(isProven);
  });

  test('semantics 13: is not proven without a watermark', () => {
    const rules = both();
    expect(
      deviceSilence(rules, stateWith(rules), [fellSilent()], instant(90_000), undefined),
    ).toBeUndefined();
  });

  test('is never before 1970', () => {
    const rules = both();
    const never = { lifeAt: -1 };
    expect(
      found(rules, stateWith(rules, { cells: [never, never] }), [fellSilent()], 90_000)?.newestSignAt,
    ).toBe(0);
  });

  test('is as grave as the gravest silence of its sensors, or what stands on one of them', () => {
    const rules = both();
    const severityWith = (...told: readonly (Severity | undefined)[]) => {
      const cells = told.map((one) => ({ toldRank: one === undefined ? -1 : rankOf(one) }));
      return found(rules, stateWith(rules, { cells }), [fellSilent()], 90_000)?.severity;
    };
    expect(severityWith(undefined, 'yellow')).toBe('orange');
    expect(severityWith('red', undefined)).toBe('red');
    expect(severityWith('blue', 'red')).toBe('red');
    const heavier = bound(silentRule('test.a', 30), silentRule('test.b', 60, 'red', 'oxygen'));
    expect(found(heavier, stateWith(heavier), [fellSilent()], 90_000)?.severity).toBe('red');
  });

  test('is yellow where neither a silence nor anything else is told', () => {
    const rules = bound(withoutSilence('test.a'));
    expect(found(rules, stateWith(rules), [fellSilent()], 90_000)).toMatchObject({
      severity: 'yellow',
      sensorCount: 0,
    });
  });

  test('counts a sensor once, and only where some rule tells its silence', () => {
    const count = (...rules: readonly Rule[]) => {
      const of = bound(...rules);
      return found(of, stateWith(of), [fellSilent()], 90_000)?.sensorCount;
    };
    const [a, b] = [silentRule('test.a', 30), silentRule('test.b', 40)];
    const oxygen = silentRule('test.c', 30, 'blue', 'oxygen');
    expect([count(a), count(a, b), count(a, b, oxygen)]).toEqual([1, 1, 2]);
    expect(count(a, { ...withoutSilence('test.d'), select: { quantities: ['oxygen'] } })).toBe(1);
  });

  test('is told of a condition of which nothing is kept by its severity alone', () => {
    const rules = bound(silentRule('test.a', 30, 'blue'));
    const silence = found(rules, { ...stateWith(rules), cells: [] }, [fellSilent()], 90_000);
    expect(silence?.severity).toBe('blue');
  });
});

describe('semantics 12: the last sign of a device', () => {
  test('is the newest of any sensor, and its silence that of the least patient rule that tells one', () => {
    const off = withoutSilence('test.c');
    const rules = bound(silentRule('test.a', 40), silentRule('test.b', 30), off);
    const state = stateWith(rules, {
      sensors: [{ at: 2_000 }, { lifeAt: 7_000 }],
      cells: [{ lifeAt: 5_000 }],
    });
    expect(lastSign(rules, state)).toEqual({ signAt: 7_000, silentAfterMs: 30_000 });
  });

  test('is of no interest when no rule tells its silence', () => {
    const rules = bound(withoutSilence('test.a'));
    expect(lastSign(rules, stateWith(rules))).toBeUndefined();
  });
});

describe('semantics 12: a device has life again', () => {
  const since = 100_000;
  const isAlive = (rules: DeviceRules, state: RuleState, now: number) =>
    hasLife(rules, state, instant(since), instant(now));
  const both = () => bound(silentRule('test.a', 30), silentRule('test.b', 60));

  test.each([
    ['a reading', { sensors: [{ at: since + 1 }] }, { sensors: [{ at: since }] }],
    ['a sign of life', { sensors: [{ lifeAt: since + 1 }] }, { sensors: [{ lifeAt: since }] }],
    [
      'what a condition has noted',
      { cells: [{}, { lifeAt: since + 1 }] },
      { cells: [{}, { lifeAt: since }] },
    ],
  ])('with %s after the silence, not at its last sign', (_, after, at) => {
    const rules = both();
    expect(isAlive(rules, stateWith(rules, after), since + 1)).toBe(true);
    expect(isAlive(rules, stateWith(rules, at), since + 1)).toBe(false);
  });

  test('until it is silent by its most patient rule', () => {
    const rules = both();
    const state = stateWith(rules, { sensors: [{ at: since + 1 }] });
    expect([60_000, 60_001, 60_002].map((ms) => isAlive(rules, state, since + ms))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('or by its own three periods, when its rules are less patient', () => {
    const rules = bound(silentRule('test.a', 10));
    const ofMethane = stateWith(rules, { sensors: [{ at: since + 1 }] });
    expect([15_001, 15_002].map((ms) => isAlive(rules, ofMethane, since + ms))).toEqual([true, false]);
    const unwatched = stateWith(rules, { sensors: [{}, { at: since + 1 }] });
    expect([30_001, 30_002].map((ms) => isAlive(rules, unwatched, since + ms))).toEqual([true, false]);
  });

  test('when one sensor of several has', () => {
    const rules = both();
    const state = stateWith(rules, { sensors: [{ at: since }, { at: since + 5 }] });
    expect(isAlive(rules, state, since + 6)).toBe(true);
  });

  test('not where nothing is kept of it', () => {
    const rules = both();
    expect(isAlive(rules, { ...stateWith(rules), sensors: [], cells: [] }, since + 1)).toBe(false);
  });
});
