import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { type Judgement, judge, judgeInPlace } from '../../../../functions/domain/rules/engine.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { anyArrivals } from '../../../support/engine/arbitrary.ts';
import { at, readingOf, told } from '../../../support/engine/bench.ts';
import type { Delivery } from '../../../support/engine/produced.ts';
import {
  bookOf,
  compare,
  device,
  input,
  limit,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const numRuns = 1_000;

const either = (left: Expression, right: Expression): Expression => ({ op: 'or', left, right });

const twoSensors = bindDevice(
  bookOf(
    ruleOf({
      levels: [
        { severity: 'yellow', at: 10, below: 8, forS: 5 },
        { severity: 'red', at: 20, clearForS: 20 },
      ],
    }),
    windowRule({
      id: RuleId.parse('test.window'),
      window: { lengthS: 60, functions: ['avg', 'rate'] },
      when: either(compare('ge', input('value'), literal(15)), figureIs('avg', 'ge', 9)),
      clear: figureIs('avg', 'lt', 6),
      forS: 5,
    }),
    // The source has no grade: this is answered by a breach alone.
    ruleOf({
      id: RuleId.parse('test.graded'),
      limits: { orange: limit(20) },
      severities: ruleOf().severities.map((severity) => ({
        ...severity,
        when: either(valueIs('ge', 'orange'), compare('le', input('source.grade'), literal(2))),
      })),
    }),
  ),
  device([{}, { sensorId: 'ch4-2' }]),
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
      readings: some.flatMap(({ readings }) => readings),
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

test('judging in place tells the same, for the same reasons, and comes to the same state as judging a copy', () => {
  fc.assert(
    fc.property(anyMessages, (deliveries) => {
      let copied = emptyRuleState(twoSensors, at(0));
      let own = emptyRuleState(twoSensors, at(0));
      for (const delivery of deliveries) {
        const message = messageOf(delivery);
        const byCopy = judge(twoSensors, copied, message, message.receivedAt);
        const inPlace = judgeInPlace(twoSensors, own, message, message.receivedAt);
        copied = byCopy.state;
        own = inPlace.state;
        expect(linesOf(inPlace)).toEqual(linesOf(byCopy));
        expect(bytesOf(twoSensors, own)).toBe(bytesOf(twoSensors, copied));
      }
    }),
    { numRuns },
  );
});

test('a state that was stored between two messages is judged in place as if it had not been', () => {
  fc.assert(
    fc.property(anyMessages, (deliveries) => {
      let stored = emptyRuleState(twoSensors, at(0));
      let own = emptyRuleState(twoSensors, at(0));
      for (const delivery of deliveries) {
        const message = messageOf(delivery);
        const read = decodeRules(byteReader(Buffer.from(bytesOf(twoSensors, stored), 'hex')), twoSensors);
        const afterwards = judgeInPlace(twoSensors, read, message, message.receivedAt);
        const inPlace = judgeInPlace(twoSensors, own, message, message.receivedAt);
        stored = afterwards.state;
        own = inPlace.state;
        expect(linesOf(afterwards)).toEqual(linesOf(inPlace));
        expect(bytesOf(twoSensors, stored)).toBe(bytesOf(twoSensors, own));
      }
    }),
    { numRuns },
  );
});

test('judging a copy leaves the state that it was given as it was, whoever made it', () => {
  fc.assert(
    fc.property(anyMessages, (deliveries) => {
      let state = emptyRuleState(twoSensors, at(0));
      for (const [i, delivery] of deliveries.entries()) {
        const message = messageOf(delivery);
        const before = bytesOf(twoSensors, state);
        const { state: next } = judge(twoSensors, state, message, message.receivedAt);
        expect(bytesOf(twoSensors, state)).toBe(before);
        // Now and then the state comes out of a judgement in place.
        state = i % 3 === 0 ? judgeInPlace(twoSensors, state, message, message.receivedAt).state : next;
      }
    }),
    { numRuns },
  );
});

test('a record that is read long after its message says what was so then', () => {
  fc.assert(
    fc.property(anyMessages, (deliveries) => {
      let state = emptyRuleState(twoSensors, at(0));
      let copied = emptyRuleState(twoSensors, at(0));
      const early: unknown[] = [];
      const late: Judgement[] = [];
      for (const delivery of deliveries) {
        const message = messageOf(delivery);
        const byCopy = judge(twoSensors, copied, message, message.receivedAt);
        copied = byCopy.state;
        early.push(...linesOf(byCopy));
        late.push(judgeInPlace(twoSensors, state, message, message.receivedAt));
        state = late.at(-1)?.state ?? state;
      }
      expect(late.flatMap(linesOf)).toEqual(early);
    }),
    { numRuns },
  );
});
