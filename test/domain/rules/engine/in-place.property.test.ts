import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { type Judgement, judge, judgeInPlace } from '../../../../functions/domain/rules/engine.ts';
import { anyArrivals } from '../../../support/engine/arbitrary.ts';
import { at, readingOf, told } from '../../../support/engine/bench.ts';
import type { Delivery } from '../../../support/engine/produced.ts';
import {
  bookOf,
  compare,
  device,
  either,
  input,
  limit,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const numRuns = 1_000;

const plain = ruleOf({
  levels: [
    { severity: 'yellow', at: 10, below: 8, forS: 5 },
    { severity: 'red', at: 20, clearForS: 20 },
  ],
});
const windowed = windowRule({
  id: RuleId.parse('test.window'),
  window: { lengthS: 60, functions: ['avg', 'rate'] },
  when: either(compare('ge', input('value'), literal(15)), figureIs('avg', 'ge', 9)),
  clear: figureIs('avg', 'lt', 6),
  forS: 5,
});
/** The source has no grade: this is answered by a breach alone. */
const graded = ruleOf({
  id: RuleId.parse('test.graded'),
  limits: { orange: limit(20) },
  severities: ruleOf().severities.map((severity) => ({
    ...severity,
    when: either(valueIs('ge', 'orange'), compare('le', input('source.grade'), literal(2))),
  })),
});

/** Two sensors whose conditions only compare, or ask a window too: calm readings are noted in different places. */
const twoSensors = device([{}, { sensorId: 'ch4-2' }]);
const anyRules = fc.constantFrom(
  bindDevice(bookOf(plain), twoSensors),
  bindDevice(bookOf(plain, graded), twoSensors),
  bindDevice(bookOf(plain, windowed, graded), twoSensors),
);

/** Readings of both sensors, some messages of several readings, late and of every quality. */
const anyMessages: fc.Arbitrary<readonly Delivery[]> = fc
  .tuple(anyArrivals(), anyArrivals(), fc.boolean())
  .map(([one, other, isPacked]) => {
    const all = [
      ...one,
      ...other.map(({ receivedS, readings }) => ({
        receivedS,
        readings: readings.map((reading) => ({ ...reading, sensor: 'ch4-2' })),
      })),
    ].toSorted((a, b) => a.receivedS - b.receivedS);
    if (!isPacked) return all;
    const packs = Map.groupBy(all, ({ receivedS }) => Math.ceil(receivedS / 15) * 15);
    return [...packs].map(([receivedS, some]) => ({
      receivedS,
      // Each third reading is there twice, with two values.
      readings: some.flatMap(({ readings }, i) =>
        i % 3 > 0 ? readings : readings.flatMap((one) => [one, { ...one, v: 12 }]),
      ),
    }));
  });

const bytesOf = (rules: DeviceRules, state: RuleState): string => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return Buffer.from(writer.finish()).toString('hex');
};

const messageOf = ({ receivedS, readings }: Delivery) => ({
  receivedAt: at(receivedS),
  readings: readings.map((given, i) => readingOf(given, receivedS, i)),
});

const linesOf = ({ transitions }: Judgement) => transitions.map((draft) => [told(draft), draft.because]);

type Judge = (state: RuleState, rules: DeviceRules, delivery: Delivery) => Judgement;

const byCopy: Judge = (state, rules, delivery) => {
  const message = messageOf(delivery);
  return judge(rules, state, message, message.receivedAt);
};
const inPlace: Judge = (state, rules, delivery) => {
  const message = messageOf(delivery);
  return judgeInPlace(rules, state, message, message.receivedAt);
};
const fromStore: Judge = (state, rules, delivery) =>
  inPlace(decodeRules(byteReader(Buffer.from(bytesOf(rules, state), 'hex')), rules), rules, delivery);

/** After every message both have told the same, for the same reasons, and have come to the same state. */
const holdTogether = (one: Judge, other: Judge): void =>
  fc.assert(
    fc.property(anyRules, anyMessages, (rules, deliveries) => {
      let states = [emptyRuleState(rules, at(0)), emptyRuleState(rules, at(0))] as const;
      for (const delivery of deliveries) {
        const [a, b] = [one(states[0], rules, delivery), other(states[1], rules, delivery)];
        states = [a.state, b.state];
        expect(linesOf(a)).toEqual(linesOf(b));
        expect(bytesOf(rules, a.state)).toBe(bytesOf(rules, b.state));
      }
    }),
    { numRuns },
  );

test('judging in place tells the same, for the same reasons, and comes to the same state as judging a copy', () =>
  holdTogether(inPlace, byCopy));

test('a state that was stored between two messages is judged in place as if it had not been', () =>
  holdTogether(fromStore, inPlace));

test('judging a copy leaves the state that it was given as it was, also when the copy is judged in place later', () => {
  fc.assert(
    fc.property(anyRules, anyMessages, (rules, deliveries) => {
      let state = emptyRuleState(rules, at(0));
      for (const [i, delivery] of deliveries.entries()) {
        const before = bytesOf(rules, state);
        const next = deliveries[i + 1] ?? delivery;
        inPlace(byCopy(state, rules, delivery).state, rules, next);
        expect(bytesOf(rules, state)).toBe(before);
        state = inPlace(state, rules, delivery).state;
      }
    }),
    { numRuns },
  );
});

test('a record that is read long after its message says what was so then', () => {
  fc.assert(
    fc.property(anyRules, anyMessages, (rules, deliveries) => {
      let own = emptyRuleState(rules, at(0));
      let copied = emptyRuleState(rules, at(0));
      const early: unknown[] = [];
      const late: Judgement[] = [];
      for (const delivery of deliveries) {
        const judged = byCopy(copied, rules, delivery);
        copied = judged.state;
        early.push(...linesOf(judged));
        const later = inPlace(own, rules, delivery);
        own = later.state;
        late.push(later);
      }
      expect(late.flatMap(linesOf)).toEqual(early);
    }),
    { numRuns },
  );
});

test('semantics 6: readings of one message that are out of their order are judged by their instants in place, too', () => {
  const rules = bindDevice(bookOf(plain), twoSensors);
  const story = (how: Judge): unknown[] => {
    let state = emptyRuleState(rules, at(0));
    const calm = [0, 5, 10].map((t) => ({ receivedS: t, readings: [{ t, v: 0 }] }));
    const mixed = {
      receivedS: 20,
      readings: [
        { t: 20, v: 0 },
        { t: 15, v: 25 },
      ],
    };
    return [...calm, mixed].flatMap((delivery) => {
      const judged = how(state, rules, delivery);
      state = judged.state;
      return [linesOf(judged), bytesOf(rules, state)];
    });
  };
  expect(story(inPlace)).toEqual(story(byCopy));
});
