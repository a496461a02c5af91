import { AlertId, RuleId } from '../../../functions/domain/ids.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { never, newestValueOf } from '../../../functions/domain/rules/engine/cell.ts';
import { emptyRuleState, type Orphan, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { advance, dueAt, judge, judgeInPlace, type Message } from '../../../functions/domain/rules/engine.ts';
import { rankOf } from '../../../functions/domain/severity.ts';
import { at, type GivenReading, readingOf, told } from '../../support/engine/bench.ts';
import { bookOf, boundTo, device, ruleOf } from '../../support/engine/rules.ts';

const rules = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
const tombstone = { id: RuleId.parse('test.gone'), by: 'li', reason: 'replaced', date: '2026-11-28' };
const retired = bindDevice(
  { ...bookOf(ruleOf()), retired: [tombstone] },
  device([{ sensorId: 'a' }, { sensorId: 'b' }]),
);
const orphan: Orphan = {
  ...{ ruleId: tombstone.id, sensorId: 'a', toldRank: rankOf('orange'), wasToldStale: false, since: at(0) },
  hint: { alertId: AlertId.parse('alert-1'), alertVersion: 1 },
};

const messageOf = (receivedS: number, ...given: readonly GivenReading[]): Message => ({
  receivedAt: at(receivedS),
  readings: given.map((one, i) => readingOf(one, receivedS, i)),
});
const calm = (t: number, sensor = 'a'): GivenReading => ({ t, v: 0, sensor });
const loud = (t: number, sensor = 'a'): GivenReading => ({ t, v: 2, sensor });

/** Both sensors have reported twice, so that the next such reading of either changes nothing. */
function resting(of = rules): RuleState {
  let state = emptyRuleState(of, at(0));
  for (const t of [1, 2]) state = judgeInPlace(of, state, messageOf(t, calm(t), calm(t, 'b')), at(t)).state;
  return state;
}
const valuesOf = ({ sensors }: RuleState) => sensors.map((sensor) => [sensor.at, newestValueOf(sensor)]);

describe.each([
  ['judging', judge],
  ['judging in place', judgeInPlace],
])('%s', (_, judging) => {
  const lines = (state: RuleState, message: Message, watermarkS?: number, of = rules): readonly string[] =>
    judging(of, state, message, watermarkS === undefined ? undefined : at(watermarkS)).transitions.map(told);

  test('tells what readings raise', () => {
    expect(lines(resting(), messageOf(3, loud(3)))).toEqual(['raised orange firing @3']);
  });

  test('judges what follows calm readings of the same message', () => {
    expect(lines(resting(), messageOf(4, calm(3), loud(4, 'b')))).toEqual(['raised orange firing @4']);
  });

  test('judges what comes before calm readings of the same message', () => {
    expect(lines(resting(), messageOf(4, loud(3), calm(4, 'b')))).toEqual(['raised orange firing @3']);
  });

  test('tells first what fell due before the message', () => {
    expect(lines(resting(), messageOf(40, loud(40)), 40)).toEqual([
      'raised orange stale @32',
      'raised orange stale @32',
      'firing-again orange firing @40',
    ]);
  });

  test('tells what fell due before a message without readings', () => {
    expect(lines(resting(), messageOf(40), 40)).toHaveLength(2);
  });

  test('semantics 13: silence waits for the watermark', () => {
    expect(lines(resting(), messageOf(40))).toEqual([]);
    expect(lines(resting(), messageOf(40), 9)).toEqual([]);
  });

  test('takes note of the newest message that brought readings', () => {
    const seen = (state: RuleState, message: Message) =>
      judging(rules, state, message, undefined).state.seenAt;
    expect(seen(resting(), messageOf(3, loud(3)))).toBe(at(3));
    expect(seen(resting(), messageOf(3, calm(3)))).toBe(at(3));
    expect(seen(resting(), messageOf(1.5, calm(3)))).toBe(at(2));
    expect(seen(resting(), messageOf(3, calm(3), loud(3, 'b')))).toBe(at(3));
    expect(seen(resting(), messageOf(3))).toBe(at(2));
    expect(judging(rules, resting(), messageOf(40), at(40)).state.seenAt).toBe(at(2));
  });

  test('notes calm readings and tells nothing', () => {
    const { state, transitions } = judging(rules, resting(), messageOf(4, calm(3), calm(4, 'b')), undefined);
    expect(transitions).toEqual([]);
    expect(valuesOf(state)).toEqual([
      [at(3), 0],
      [at(4), 0],
    ]);
  });

  test('semantics 23: ends what a retired rule has open, also beside calm readings', () => {
    const state = { ...resting(retired), orphans: [orphan] };
    const judged = judging(retired, state, messageOf(3, calm(3)), undefined);
    expect(judged.transitions.map(told)).toEqual(['recovered orange @3']);
    expect(judged.state.orphans).toEqual([]);
  });

  test('carries a state over to the rules that are told', () => {
    const stricter = boundTo(ruleOf({ levels: [{ severity: 'red', at: 0.5 }] }), device([{ sensorId: 'a' }]));
    const { state, transitions } = judging(
      stricter,
      resting(),
      messageOf(3, { ...loud(3), v: 0.7 }),
      undefined,
    );
    expect(transitions.map(told)).toEqual(['raised red firing @3']);
    expect(state.rules).toBe(stricter);
  });
});

test('judging changes nothing of the state that it is given, and returns it when nothing changed', () => {
  const state = resting();
  const before = valuesOf(state);
  judge(rules, state, messageOf(3, calm(3), loud(3, 'b')), undefined);
  expect([valuesOf(state), state.seenAt]).toEqual([before, at(2)]);
  expect(judge(rules, state, messageOf(3), undefined).state).toBe(state);
});

test('judging in place returns the state that it is given, changed', () => {
  for (const message of [messageOf(3, calm(3)), messageOf(3, loud(3)), messageOf(3, calm(3), loud(3, 'b'))]) {
    const state = resting();
    expect(judgeInPlace(rules, state, message, undefined).state).toBe(state);
    expect(state.sensors[0]?.at).toBe(at(3));
  }
});

test('judging in place does not look again at the calm readings with which a message begins', () => {
  const { state } = judgeInPlace(rules, resting(), messageOf(4, calm(3), loud(4, 'b')), undefined);
  expect([state.sensors[0]?.isCalm, state.cells[0]?.evaluatedAt]).toEqual([true, never]);
});

describe('time alone', () => {
  const lines = (nowS: number, watermarkS?: number, sensorIds?: readonly string[]) =>
    advance(rules, resting(), at(nowS), watermarkS === undefined ? undefined : at(watermarkS), sensorIds)
      .transitions;

  test('tells silence as far as the watermark proves it', () => {
    expect(lines(40, 40).map(told)).toEqual(['raised orange stale @32', 'raised orange stale @32']);
    expect([lines(40), lines(40, 9), lines(40, 32), lines(32, 32)]).toEqual([[], [], [], []]);
  });

  test('tells that of some sensors alone', () => {
    expect(lines(40, 40, ['b']).map(({ sensorId }) => sensorId)).toEqual(['b']);
    expect(lines(40, 40, [])).toEqual([]);
  });

  test('changes nothing of the state that it is given, and is no message', () => {
    const state = resting();
    expect(advance(rules, state, at(20), at(20)).state).toBe(state);
    const after = advance(rules, state, at(40), at(40)).state;
    expect(after).not.toBe(state);
    expect([after.seenAt, state.cells[0]?.isStale, after.cells[0]?.isStale]).toEqual([at(2), false, true]);
  });

  test('semantics 23: ends what a retired rule has open', () => {
    const state = { ...resting(retired), orphans: [orphan] };
    expect(advance(retired, state, at(3), undefined).transitions.map(told)).toEqual(['recovered orange @3']);
  });

  test('is due when the first sensor falls silent, under the rules that are told', () => {
    expect(dueAt(rules, resting())).toBe(at(32.001));
    expect(dueAt(bindDevice(bookOf(), device()), resting())).toBeUndefined();
  });
});
