import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { stepsMax, stepsOf } from '../../cli/rules/cel/cost.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { bookOf, bookText } from '../../cli/rules/rule-folder.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { byteReader, byteWriter } from '../../functions/domain/bytes.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { recordBytesMax } from '../../functions/domain/rules/engine/record.ts';
import { replay } from '../../functions/domain/rules/engine/replay.ts';
import { emptyRuleState, type RuleState } from '../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../functions/domain/rules/engine/stored/codec.ts';
import { advance, judge } from '../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import { at, type GivenReading, readingOf, told } from '../support/engine/bench.ts';
import { anyHostileRule } from '../support/hostile-rules.ts';
import { registrationOf } from '../support/registration.ts';

const neighbourFile = 'rules/gas/combustible.compartment.yaml';
const neighbour = ruleIn(neighbourFile, await readFile(neighbourFile, 'utf8'));

function ruleIn(file: string, text: string): Rule {
  const read = readRuleFile(file, text);
  if (!read.ok) throw new Error(read.problems.map(renderProblem).join('\n'));
  return read.rule;
}

const gas = { quantity: 'combustible-gas', unit: '%{LEL}', range: { min: 0, max: 100 }, period: 5_000 };
const registered = registrationOf({
  deviceId: 'dev-1',
  source: { kind: 'gas-compartment', trade: 'gas' },
  sensors: [
    { ...gas, sensorId: 'gas' },
    { ...gas, sensorId: 'twin' },
    { sensorId: 'fan', quantity: 'fan-state', unit: '1' },
  ],
});

/** As ingest does it: from the bytes of the book. */
const bound = (...rules: readonly Rule[]): DeviceRules =>
  bindDevice(readRuleBook(JSON.parse(bookText(bookOf(rules)))), registered);

const anyReadings: fc.Arbitrary<readonly (GivenReading & { readonly receivedS: number })[]> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, 5, 5, 5, 60, 4_000),
      late: fc.constantFrom(0, 0, 0, 0, 30, 100_000),
      sensor: fc.constantFrom('gas', 'gas', 'gas', 'twin', 'fan', 'unregistered'),
      v: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(0, 17, 19.5, 20, 25, 26, 50, 60) },
        fc.constantFrom(
          undefined,
          true,
          'on',
          Number.NaN,
          Number.POSITIVE_INFINITY,
          Number.NEGATIVE_INFINITY,
        ),
        fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -0),
      ),
      q: fc.oneof(
        { weight: 8, arbitrary: fc.constant('good' as const) },
        fc.constantFrom('fault' as const, 'over-range' as const, 'calibrating' as const, 'unknown' as const),
      ),
      trusted: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { minLength: 5, maxLength: 25 },
  )
  .map((steps) => {
    let now = 100_000;
    return steps.map(({ gap, late, v, ...rest }) => {
      now += gap;
      return { ...rest, ...(v !== undefined && { v }), t: now - late, receivedS: now };
    });
  });

type Readings = typeof anyReadings extends fc.Arbitrary<infer T> ? T : never;

function stored(rules: DeviceRules, state: RuleState): RuleState {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return decodeRules(byteReader(writer.finish()), rules);
}

function drafts(
  rules: DeviceRules,
  readings: Readings,
  between: (state: RuleState) => RuleState = (state) => state,
): readonly TransitionDraft[] {
  let state = emptyRuleState(rules, at(0));
  const all: TransitionDraft[] = [];
  for (const { receivedS, ...one } of readings) {
    const message = { receivedAt: at(receivedS), readings: [readingOf(one, receivedS)] };
    const step = judge(rules, state, message, at(receivedS));
    state = between(step.state);
    all.push(...step.transitions);
  }
  const end = at((readings.at(-1)?.receivedS ?? 0) + 100_000);
  return [...all, ...advance(rules, state, end, end).transitions];
}

const linesOf = (all: readonly TransitionDraft[], { id }: Rule): readonly string[] =>
  all.filter(({ ruleId }) => ruleId === id).map((draft) => `${draft.sensorId} ${told(draft)}`);

test('semantics 27, bad input 72: a hostile rule is refused at its place, or harms neither the engine nor the rule beside it', () => {
  const seen = { refused: 0, loaded: 0, raised: 0 };
  fc.assert(
    fc.property(anyHostileRule('gas.hostile'), anyReadings, ({ text }, readings) => {
      const read = readRuleFile('rules/gas/hostile.yaml', text);
      if (!read.ok) {
        seen.refused++;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const problem of read.problems)
          expect(renderProblem(problem)).toMatch(/^rules\/gas\/hostile\.yaml:[1-9]\d*:[1-9]\d* {2}/);
        return;
      }
      seen.loaded++;
      const { rule } = read;
      for (const { when } of rule.severities) expect(stepsOf(when)).toBeLessThanOrEqual(stepsMax);
      const rules = bound(rule, neighbour);
      const all = drafts(rules, readings);
      seen.raised += linesOf(all, rule).length > 0 ? 1 : 0;
      expect(linesOf(all, neighbour)).toEqual(linesOf(drafts(bound(neighbour), readings), neighbour));
      const again = drafts(rules, readings, (state) => stored(rules, state));
      expect(again.map(({ because }) => because)).toEqual(all.map(({ because }) => because));
      for (const { because } of all) {
        expect(Buffer.byteLength(because)).toBeLessThanOrEqual(recordBytesMax);
        expect(replay(because, rules)).toBe(because);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(seen.refused).toBeGreaterThan(200);
  expect(seen.loaded).toBeGreaterThan(200);
  expect(seen.raised).toBeGreaterThan(100);
});
