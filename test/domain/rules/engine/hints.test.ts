import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { AlertId, RuleId } from '../../../../functions/domain/ids.ts';
import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import { never, newMachine, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { lastSign } from '../../../../functions/domain/rules/engine/device-silence.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import {
  emptyRuleState,
  hintOf,
  type Orphan,
  type RuleState,
  withHint,
} from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { readMachine, writeMachine } from '../../../../functions/domain/rules/engine/stored/machine-codec.ts';
import { toldOf, withTold } from '../../../../functions/domain/rules/engine/told.ts';
import { judge, judgeInPlace } from '../../../../functions/domain/rules/engine.ts';
import { rankOf } from '../../../../functions/domain/severity.ts';
import { at, benchOf, feed, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 2 };
const fault = builtInRules.fault.ruleId;
const two = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
const gone = RuleId.parse('test.gone');
const orphanOf = (sensorId: string, more: Partial<Orphan> = {}): Orphan => ({
  ...{ ruleId: gone, sensorId, toldRank: 3, wasToldStale: false, since: at(0), hint: undefined },
  ...more,
});
const stateWith = (...orphans: readonly Orphan[]): RuleState => ({ ...emptyRuleState(two, at(0)), orphans });

test('the alert of one sensor, or of one rule that is gone, is noted there and nowhere else', () => {
  const ofFault = withHint(stateWith(), fault, 'b', hint);
  expect([hintOf(ofFault, fault, 'a'), hintOf(ofFault, fault, 'b')]).toEqual([undefined, hint]);
  const ofGone = withHint(stateWith(orphanOf('a'), orphanOf('b')), gone, 'b', hint);
  expect([hintOf(ofGone, gone, 'a'), hintOf(ofGone, gone, 'b')]).toEqual([undefined, hint]);
});

test('a sensor is told of a fault alone, its neighbour is not', () => {
  const told = { ruleId: fault, sensorId: 'b', rank: rankOf('yellow'), isStale: false, hint };
  expect(toldOf(withTold(stateWith(), told, at(0)))).toEqual([told]);
});

test('a silence that is graver than what the twin is told of is over', () => {
  const rules = boundTo(ruleOf());
  const bench = benchOf(rules);
  feed(bench, [0, 0]);
  expect(bench.wait(60)).toEqual(['raised orange stale @30']);
  const told = { ruleId: 'test.rule', sensorId: 'ch4', rank: rankOf('yellow'), isStale: true, hint };
  const [before] = bench.state().cells;
  const [after] = withTold(bench.state(), told, at(60)).cells;
  expect([before?.silence, after?.silence]).toEqual([phases.active, phases.idle]);
});

const recoded = (state: RuleState, to = two): RuleState => {
  const writer = byteWriter();
  encodeRules(writer, state.rules, state);
  return decodeRules(byteReader(writer.finish()), to);
};

test('what is kept of a rule that is gone survives writing and reading, stale or not, with its alert or without', () => {
  const orphans = [orphanOf('a', { wasToldStale: true, hint }), orphanOf('b')];
  expect(recoded(stateWith(...orphans)).orphans).toEqual(orphans);
});

test('a sensor that comes back finds the alert of its fault, also one that is over', () => {
  const over = orphanOf('c', { ruleId: fault, toldRank: never, hint });
  const standing = orphanOf('d', { ruleId: fault, toldRank: 2, hint });
  const back = boundTo(ruleOf(), device(['a', 'b', 'c', 'd'].map((sensorId) => ({ sensorId }))));
  const state = recoded(stateWith(over, standing), back);
  expect(state.orphans).toEqual([]);
  expect([hintOf(state, fault, 'c'), hintOf(state, fault, 'd')]).toEqual([hint, hint]);
  expect(toldOf(state).map(({ sensorId, rank }) => [sensorId, rank])).toEqual([
    ['c', never],
    ['d', 2],
  ]);
});

test('a severity that only knows since when its sensor is calm is written as known false since then', () => {
  const writer = byteWriter();
  writeMachine(writer, at(0), newMachine(), at(20), at(10));
  const { spans, phase } = readMachine(byteReader(writer.finish()), at(0));
  expect([spans, phase]).toEqual([[spanKinds.isFalse, at(10), at(20)], phases.idle]);
});

test('semantics 12: a device of which no rule tells the silence is never looked for', () => {
  const { silent: _, ...loud } = ruleOf();
  const rules = boundTo(loud);
  expect(lastSign(rules, emptyRuleState(rules, at(0)))).toBeUndefined();
  expect(lastSign(two, emptyRuleState(two, at(0)))).toMatchObject({ silentAfterMs: 30_000 });
});

test('judging in place says what judging says, also beside rules that are gone and calm readings without newer life', () => {
  const message = (second: number, value: number, life = second) => ({
    receivedAt: at(second),
    readings: [readingOf({ t: second, v: value, sensor: 'a', life }, second)],
  });
  const orphans = [orphanOf('z', { hint })];
  for (const kept of [[], orphans]) {
    let copied = stateWith(...kept);
    let inPlace = recoded(stateWith(...kept));
    const told: string[] = [];
    for (const one of [message(1, 0), message(2, 0), message(3, 0, 1), message(4, 0, 1), message(5, 2)]) {
      const judged = judge(two, copied, one, at(0));
      const judgedInPlace = judgeInPlace(two, inPlace, one, at(0));
      expect(judgedInPlace.transitions.map(({ because }) => because)).toEqual(
        judged.transitions.map(({ because }) => because),
      );
      told.push(...judged.transitions.map(({ change, sensorId }) => `${change} ${sensorId}`));
      copied = judged.state;
      inPlace = judgedInPlace.state;
    }
    expect(told).toContain('raised a');
    expect(toldOf(inPlace)).toEqual(toldOf(copied));
  }
});
