import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';
import { correlator, type Given } from '../support/correlator.ts';

/** Second zero of the transitions below. */
const startS = 1_000_000;

/** What the rule `id` of the book says of these transitions, and what it says once the watermark has reached `until`. */
function story(id: string, until: number, ...given: readonly Given[]): readonly string[] {
  const rule = bundledRuleBook().correlations.find((one) => one.id === id);
  if (!rule) throw new Error(`no correlation ${id}`);
  const one = correlator(rule);
  for (const each of given) one.take({ ...each, at: startS + each.at });
  one.advance(startS + until);
  return one.said.map(
    ({ change, severity, phenomenonAt }) => `${change} ${severity} ${phenomenonAt / 1000 - startS}`,
  );
}

const t0: Given = { rule: 'coal-mine.methane.coal-face', alert: 't0', version: 1, at: 0, severity: 'red' };
const t2: Given = { rule: 'coal-mine.methane.return', alert: 't2', version: 1, at: 60, severity: 'red' };
const co: Given = { rule: 'coal-mine.co.underground', alert: 'co', version: 1, at: 90 };
const fan: Given = { rule: 'coal-mine.fan.main', alert: 'fan', version: 1, at: 0 };
const end = (given: Given, at: number): Given => ({ ...given, version: 2, at, condition: 'recovered' });

describe('coal-mine.methane.several-places', () => {
  const told = (until: number, ...given: readonly Given[]) =>
    story('coal-mine.methane.several-places', until, ...given);

  test('methane at the cut at two places is one matter of the source', () => {
    expect(told(200, t0, t2)).toEqual(['raised red 60']);
  });

  test('one place, or alarms below the cut as silence gives them, are none', () => {
    expect(told(600, t0)).toEqual([]);
    expect(told(600, { ...t0, severity: 'orange' }, { ...t2, severity: 'orange' })).toEqual([]);
  });

  test('two places more than five minutes apart are two matters', () => {
    expect(told(900, t0, end(t0, 10), { ...t2, at: 311 })).toEqual([]);
    expect(told(350, t0, end(t0, 10), { ...t2, at: 309 })).toEqual(['raised red 309']);
  });

  test('it ends when only one is left for five minutes and a minute', () => {
    expect(told(600, t0, t2, end(t0, 100))).toEqual(['raised red 60', 'recovered red 460']);
  });
});

describe('fire', () => {
  const burns = (...given: readonly Given[]) => [
    story('coal-mine.fire.co-then-methane', 100, ...given),
    story('coal-mine.fire.methane-then-co', 100, ...given),
  ];

  test('the order of methane and carbon monoxide says what has happened', () => {
    expect(burns({ ...co, at: 30 }, t2)).toEqual([['raised red 60'], []]);
    expect(burns(t2, co)).toEqual([[], ['raised red 90']]);
  });

  test('one of them alone, or carbon monoxide from silence, is no fire', () => {
    expect(burns(t0, t2)).toEqual([[], []]);
    expect(burns(t2, { ...co, severity: 'yellow', condition: 'stale' })).toEqual([[], []]);
  });
});

describe('coal-mine.ventilation.lost', () => {
  const told = (...given: readonly Given[]) => story('coal-mine.ventilation.lost', 700, ...given);

  test('methane at the cut while the main fan stands is a matter of the mine', () => {
    expect(told(fan, t2)).toEqual(['raised red 60']);
  });

  test('a fan that stands, and methane below the cut, are told by their own rules', () => {
    expect(told(fan, { ...t2, severity: 'orange' })).toEqual([]);
    expect(told(t2)).toEqual([]);
  });
});
