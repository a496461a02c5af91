import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';
import { correlator, type Given } from '../support/correlator.ts';

/** Second zero of the transitions below. */
const startS = 1_000_000;

/** What the rule `id` of the book says of these transitions, up to `until`. */
function told(id: string, until: number, ...given: readonly Given[]): readonly string[] {
  const rule = bundledRuleBook().correlations.find((one) => one.id === id);
  if (!rule) throw new Error(`no correlation ${id}`);
  const one = correlator(rule);
  for (const each of given) one.take({ ...each, at: startS + each.at });
  one.advance(startS + until);
  return one.said.map(
    ({ change, severity, phenomenonAt }) => `${change} ${severity} ${phenomenonAt / 1000 - startS}`,
  );
}

const alert = (rule: string, name: string, at: number, severity: Given['severity'] = 'orange'): Given => ({
  rule,
  alert: name,
  version: 1,
  at,
  severity,
});
const ended = (given: Given, at: number): Given => ({ ...given, version: 2, at, condition: 'recovered' });

describe('gas.leak.several-detectors', () => {
  const id = 'gas.leak.several-detectors';
  const first = alert('gas.combustible.compartment', 'lel-01', 0);
  const second = alert('gas.combustible.compartment', 'lel-02', 60);

  test('two detectors at the cut-off are a leak', () => {
    expect(told(id, 200, first, second)).toEqual(['raised red 60']);
  });

  test('one detector, or a second one that is silent or below the cut-off, is none', () => {
    expect(told(id, 600, first)).toEqual([]);
    expect(told(id, 600, first, { ...second, severity: 'yellow' })).toEqual([]);
  });

  test('two detectors more than five minutes apart are two matters', () => {
    expect(told(id, 900, first, ended(first, 10), { ...second, at: 311 })).toEqual([]);
  });

  test('it ends five minutes and a minute after only one is left', () => {
    expect(told(id, 600, first, second, ended(first, 100))).toEqual(['raised red 60', 'recovered red 460']);
  });
});

describe('gas.leak.pipe-broken', () => {
  const id = 'gas.leak.pipe-broken';
  const fall = alert('gas.pressure.drop', 'fall', 0);
  const gas = alert('gas.methane.adjacent-space', 'manhole', 300);

  test('gas after the pressure fell is a broken pipe', () => {
    expect(told(id, 400, fall, gas)).toEqual(['raised red 300']);
  });

  test('either alone, gas before the fall, and a mere trace of gas are none', () => {
    expect(told(id, 900, fall)).toEqual([]);
    expect(told(id, 900, gas)).toEqual([]);
    expect(told(id, 900, { ...gas, at: 0 }, { ...fall, at: 60 })).toEqual([]);
    expect(told(id, 900, fall, { ...gas, severity: 'yellow' })).toEqual([]);
  });
});

describe('chemical.unit.several-alarms', () => {
  const id = 'chemical.unit.several-alarms';
  const three = [
    alert('chemical.temperature.high', 'temperature', 0),
    alert('chemical.pressure.high', 'pressure', 30),
    alert('chemical.toxic-gas.nh3', 'nh3', 90),
  ];

  test('three sensors in alarm are a matter of the unit', () => {
    expect(told(id, 100, ...three)).toEqual(['raised red 90']);
  });

  test('two sensors, or a third that is yellow, are none', () => {
    expect(told(id, 900, ...three.slice(0, 2))).toEqual([]);
    expect(
      told(id, 900, ...three.slice(0, 2), alert('chemical.tank-level.low', 'level', 90, 'yellow')),
    ).toEqual([]);
  });
});
