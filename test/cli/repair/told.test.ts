/** What the engine makes of a twin that was told of an alert, or that it is over. */

import { AlertId } from '../../../functions/domain/ids.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { rebind } from '../../../functions/domain/rules/engine/rebind.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { toldOf, withTold } from '../../../functions/domain/rules/engine/told.ts';
import { advance, judge } from '../../../functions/domain/rules/engine.ts';
import { rankOf, type Severity } from '../../../functions/domain/severity.ts';
import type { Reading } from '../../../functions/domain/telemetry/reading.ts';
import { instant } from '../../../functions/domain/time.ts';
import { methaneBook } from '../../support/methane-rule.ts';
import { registrationOf } from '../../support/registration.ts';
import { start } from '../../support/world.ts';

const registration = registrationOf({ deviceId: 'dev-1' });
const rules = bindDevice(methaneBook, registration);
const ruleId = methaneBook.rules[0]?.id ?? '';
const hint = { alertId: AlertId.parse('al-1'), alertVersion: 3 };
const told = (severity: Severity | undefined, isStale = false) => ({
  ruleId,
  sensorId: 'ch4',
  rank: severity === undefined ? -1 : rankOf(severity),
  isStale,
  hint,
});
/** As it comes out of the table. */
const stored = (state: RuleState): RuleState => rebind(state, bindDevice(methaneBook, registration));
const blank = emptyRuleState(rules, instant(start));

function after(state: RuleState, values: readonly (readonly [seconds: number, value: number])[]): string[] {
  const story: string[] = [];
  let current = stored(state);
  for (const [seconds, value] of values) {
    const at = instant(start + seconds * 1000);
    const reading: Reading = {
      sensorId: 'ch4',
      index: 0,
      phenomenonAt: at,
      receivedAt: at,
      lifeAt: at,
      value,
      quality: 'good',
      trusted: true,
    };
    const judged = judge(current.rules, current, { receivedAt: at, readings: [reading] }, at);
    current = judged.state;
    story.push(...judged.transitions.map(({ change, severity }) => `${change} ${severity}`));
  }
  return story;
}

const calm = [5, 10, 15, 20, 25].map((seconds) => [seconds, 0.2] as const);

test('a twin that is told of an alert raises no second one, and ends it only by its own clear', () => {
  const state = withTold(blank, told('orange'), start);
  expect(toldOf(stored(state))).toEqual([told('orange')]);
  expect(
    after(state, [
      [5, 1.2],
      [10, 1.2],
    ]),
  ).toEqual([]);
  expect(after(state, calm.slice(0, 2))).toEqual([]);
  expect(after(state, calm)).toEqual(['recovered orange']);
});

test('a graver reading is a rise of the alert that the twin was told of', () => {
  expect(after(withTold(blank, told('orange'), start), [[5, 1.8]])).toEqual(['severity-up red']);
});

test('a twin that is told of less than it had goes down to it and not to nothing', () => {
  const red = withTold(blank, told('red'), start);
  const state = withTold(red, told('orange'), start);
  expect(toldOf(stored(state))).toEqual([told('orange')]);
  expect(after(state, [[5, 1.2]])).toEqual([]);
});

test('a twin that is told of an end raises again at the next breach, and at once when it still is silent', () => {
  const late = instant(start + 600_000);
  const silent = advance(rules, stored(blank), late, late);
  expect(silent.transitions.map(({ change, condition }) => `${change} ${condition}`)).toEqual([
    'raised stale',
  ]);
  const over = withTold(silent.state, told(undefined), start);
  expect(toldOf(stored(over))).toEqual([told(undefined)]);
  expect(after(over, [[601, 1.2]])).toEqual(['raised orange', 'firing-again orange']);
  const again = advance(rules, stored(over), late, late).transitions;
  expect(again.map(({ change, condition }) => `${change} ${condition}`)).toEqual(['raised stale']);
});

test.each(['data.fault', 'no.such-rule'])('what is told of %s is kept, and forgotten', (other) => {
  const one = { ...told('yellow'), ruleId: other };
  const state = withTold(blank, one, start);
  expect(toldOf(stored(state))).toEqual([one]);
  const over = { ...one, rank: -1 };
  expect(toldOf(stored(withTold(state, over, start)))).toEqual([over]);
});
