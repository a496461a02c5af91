import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { takeReadings } from '../../../../functions/domain/rules/engine/take-readings.ts';
import { sensorOf, type Work } from '../../../../functions/domain/rules/engine/work.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf, start } from '../../../support/engine/bench.ts';
import {
  bookOf,
  boundTo,
  choose,
  device,
  input,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { linkedRule, sensorNamed, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';
import { overrideOf } from '../../../support/overrides.ts';

const rules = boundTo(ruleOf());
const unwatched = boundTo(ruleOf({ select: { quantities: ['h2s'] } }));
const linked = boundTo(linkedRule(), withFan);

/** Takes one message of one instant after the other; what was told of each. */
function take(work: Work, ...messages: readonly (readonly GivenReading[])[]): readonly (readonly string[])[] {
  return messages.map((given) => {
    const before = toldIn(work).length;
    const receivedS = Math.max(...given.map(({ t }) => t));
    takeReadings(
      work,
      given.map((one, i) => readingOf(one, receivedS, i)),
      at(receivedS),
    );
    return toldIn(work).slice(before);
  });
}
const sensorIn = (work: Work, sensorId = 'ch4') => sensorOf(work, sensorNamed(work.rules, sensorId));
const inputOf = ({ transitions }: Work, index: number) =>
  JSON.parse(transitions?.[index]?.because ?? '').input;
const raised = (second: number) => `ch4: data.fault raised yellow firing @${second}`;

test.each<[string, DeviceRules]>([
  ['that a rule takes for stale', rules],
  ['of a sensor that no rule watches', unwatched],
  ['of a sensor whose rule names others too', linked],
])('semantics 5: a fault %s is told with its state, once', (_, of) => {
  const work = workOn(of);
  expect(take(work, [{ t: 5, v: 1, q: 'fault' }], [{ t: 6, q: 'fault' }])).toEqual([[raised(5)], []]);
  const [draft] = work.transitions ?? [];
  expect(draft).toMatchObject({ trigger: 'quality', value: 1, quality: 'fault', at: at(5) });
  expect(inputOf(work, 0)).toEqual({
    ...{ kind: 'raise', trigger: 'quality', rank: 2, causes: [{ quality: 'fault' }] },
    ...{
      at: at(5),
      phenomenonAt: at(5),
      value: 1,
      quality: 'fault',
      silentAfterMs: of === linked ? 30_000 : 15_000,
    },
  });
});

test.each<[string, DeviceRules, GivenReading]>([
  ['another state of a sensor that no rule watches', unwatched, { t: 5, q: 'unknown' }],
  [
    'a fault that the rule does not take for stale',
    boundTo(ruleOf({ quality: { ...ruleOf().quality, fault: 'hold' } })),
    { t: 5, q: 'fault' },
  ],
  ['a state that the rule does not know', rules, { t: 5, q: 'unknown' }],
  ['the same under a rule that names others', linked, { t: 5, v: 0, q: 'calibrating' }],
])('semantics 5: %s is no fault', (_, of, given) => {
  const work = workOn(of);
  expect(take(work, [given])).toEqual([[]]);
  expect(sensorIn(work)).toMatchObject({ at: at(5), quality: given.q, fault: { phase: phases.idle } });
});

test('semantics 5: the fault of a sensor is no fault of one that a rule names beside it', () => {
  const work = workOn(linked);
  expect(take(work, [{ t: 5, sensor: 'fan', q: 'fault' }])).toEqual([
    ['fan: data.fault raised yellow firing @5'],
  ]);
  expect(sensorIn(work).fault.phase).toBe(phases.idle);
  // The fan is watched by no rule of its own; a state that its neighbour's rule takes for stale is none of it.
  const stale = boundTo({ ...linkedRule(), quality: { ...ruleOf().quality, unknown: 'stale' } }, withFan);
  expect(take(workOn(stale), [{ t: 5, sensor: 'fan', q: 'unknown' }])).toEqual([[]]);
});

test.each<[string, DeviceRules]>([
  ['a rule', rules],
  ['no rule', unwatched],
])(
  'semantics 5: under %s a fault ends with a second good reading after a first one, and no bad one between',
  (_, of) => {
    const work = workOn(of);
    const good = (t: number) => [{ t, v: 0 }];
    const twins = (t: number) => [
      { t, v: 0 },
      { t, q: 'unknown' as const },
    ];
    expect(take(work, [{ t: 5, q: 'fault' }], good(6), twins(7), good(8))).toEqual([[raised(5)], [], [], []]);
    expect(sensorIn(work).fault.phase).toBe(phases.clearing);
    expect(take(work, good(9))).toEqual([['ch4: data.fault recovered yellow @9']]);
    expect(work.transitions?.[1]).toMatchObject({ trigger: 'reading', value: 0, quality: 'good' });
    expect(inputOf(work, 1)).toMatchObject({ kind: 'good', rank: 2, causes: [] });
  },
);

test.each<[string, DeviceRules]>([
  ['alone', rules],
  ['and the fan', linked],
])(
  'semantics 5: a fault beside a good reading of its instant is told, of a rule on the sensor %s',
  (_, of) => {
    const twins = [
      { t: 5, q: 'fault' as const },
      { t: 5, v: 0 },
    ];
    expect(take(workOn(of), twins)).toEqual([[raised(5)]]);
  },
);

test('a good reading of a sensor without trouble leaves the alerts on its data as they are', () => {
  const work = workOn(rules);
  take(work, [{ t: 1, v: 0 }]);
  const { fault, notEvaluable } = sensorIn(work);
  expect(take(work, [{ t: 2, v: 1 }])).toEqual([['ch4: raised orange firing @2']]);
  expect([sensorIn(work).fault === fault, sensorIn(work).notEvaluable === notEvaluable]).toEqual([
    true,
    true,
  ]);
  expect(sensorIn(work).lastGood).toBeUndefined();
});

const vague = ruleOf({ unknownForMs: seconds(10) });
const when = choose(valueIs('ge', 'orange'), input('limits.unset'), literal(false));
const unsureRule = { ...vague, severities: vague.severities.map((one) => ({ ...one, when })) };
const unsure = boundTo(unsureRule);
const sure = ruleOf({ id: RuleId.parse('test.sure'), levels: [{ severity: 'red', at: 9 }] });

test.each<[string, DeviceRules]>([
  ['alone', unsure],
  ['beside one that is answered', bindDevice(bookOf(unsureRule, sure), device())],
])(
  'semantics 3: a rule %s that is unknown for too long is told with the reading, and ends with two that are not',
  (_, of) => {
    const work = workOn(of);
    const say = (t: number, v: number) => [{ t, v }];
    const notEvaluable = 'ch4: data.not-evaluable';
    expect(take(work, say(0, 1), say(9, 1), say(10, 1))).toEqual([
      [],
      [],
      [`${notEvaluable} raised yellow firing @10`],
    ]);
    expect(work.transitions?.[0]).toMatchObject({
      trigger: 'unknown',
      value: 1,
      quality: 'good',
      at: at(10),
    });
    expect(take(work, say(15, 1), say(20, 0), say(21, 1), say(22, 0))).toEqual([[], [], [], []]);
    expect(sensorIn(work).notEvaluable.phase).toBe(phases.clearing);
    expect(take(work, say(23, 0))).toEqual([[`${notEvaluable} recovered yellow @23`]]);
    expect(work.transitions?.[1]).toMatchObject({ trigger: 'reading', severity: 'yellow' });
    expect(inputOf(work, 1)).toMatchObject({ kind: 'good', rank: 0, causes: [] });
  },
);

test('semantics 3: a bad reading is no answer, whatever the rule says of it', () => {
  const work = workOn(unsure);
  const said = [0, 10].map((t) => [{ t, v: 1 }]);
  take(work, ...said, [{ t: 11, v: 0 }], [{ t: 12, v: 0, q: 'calibrating' }], [{ t: 13, v: 0 }]);
  expect(work.transitions).toHaveLength(1);
  expect(sensorIn(work).notEvaluable.phase).toBe(phases.clearing);
});

test('semantics 22: behind a bad newest reading a late good one is the last good value', () => {
  const work = workOn(rules);
  take(work, [{ t: 5, v: 0 }], [{ t: 10, v: 9, q: 'calibrating' }]);
  expect(sensorIn(work).lastGood).toEqual({ at: at(5), value: 0 });
  take(work, [{ t: 8, v: 0.5 }]);
  expect(sensorIn(work).lastGood).toEqual({ at: at(8), value: 0.5 });
  take(work, [{ t: 7, v: 0.7 }], [{ t: 9, v: 0.9, trusted: false }]);
  expect(sensorIn(work)).toMatchObject({ at: at(10), number: 9, lastGood: { at: at(8), value: 0.5 } });
  expect(take(workOn(rules), [{ t: 5, v: 9, trusted: false }])).toEqual([
    ['ch4: raised orange firing @5 untrusted'],
  ]);
});

test('semantics 22: a late value from before a change of limits makes the change be met once more', () => {
  const override = overrideOf({ from: start + 20_000, at: start, value: 0.4 });
  const dated = boundTo(ruleOf(), { ...device(), overrides: [override] });
  const key = dated.conditions[0]?.eras[1]?.key ?? 0;
  const after = (lateS: number, receivedS: number, keyBefore = key) => {
    const work = workOn(dated);
    take(work, [{ t: 5, v: 0 }], [{ t: 30, v: 0, q: 'unknown' }]);
    const [cell] = work.cells ?? [];
    if (cell) cell.limitsKey = keyBefore;
    work.quietUntil = 77;
    takeReadings(work, [readingOf({ t: lateS, v: 0.5, life: 3 }, receivedS)], at(receivedS));
    return [work.cells?.[0]?.limitsKey, work.cells?.[0]?.lifeSetAt, work.quietUntil];
  };
  expect(after(15, 40)).toEqual([0, at(40), never]);
  expect(after(15, 2)).toEqual([0, at(5), never]);
  expect(after(20, 40).slice(0, 2)).toEqual([key, at(5)]);
});

test('a rule that names others is told of by its own sensor alone', () => {
  const both = bindDevice(bookOf(ruleOf(), linkedRule()), withFan);
  const work = workOn(both);
  expect(take(work, [{ t: 5, v: 1 }])).toEqual([['ch4: raised orange firing @5']]);
  expect(sensorIn(work, 'fan').at).toBe(-1);
});
