import {
  loadScenario,
  parseScenario,
  scenarioFileBytesMax,
  scenarioNames,
} from '../../sensors-sim/scenario/load.ts';
import { liveDurationMaxMs } from '../../sensors-sim/scenario/schema.ts';

const live = [
  'gas-leak',
  'fan-stop',
  'tank-overfill',
  'pit-creep',
  'silent-sensor',
  'calibration',
  'bad-network',
  'hostile',
];

const minimal = (lines: string): string => `name: x
title: { zh: 一, en: x }
story: s
runs: [virtual]
seed: "1"
startsAt: "2026-03-02T00:00:00+08:00"
duration: 60s
${lines}`;

const errorsOf = (text: string): readonly string[] => {
  const loaded = parseScenario(text, 'x.yaml');
  return loaded.ok ? [] : loaded.errors;
};

test('the ten scenarios and the endless one are there', () => {
  expect(scenarioNames()).toEqual([...live, 'city-life', 'city-week', 'normal-day'].sort());
});

test.each(scenarioNames())('%s is in order and named as its file', (name) => {
  const loaded = loadScenario(name);
  expect(loaded).toMatchObject({ ok: true, scenario: { name } });
});

test.each(live)('%s runs live within three minutes, and virtually', (name) => {
  const loaded = loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.errors.join());
  expect(loaded.scenario.runs).toEqual(['live', 'virtual']);
  expect(loaded.scenario.duration).toBeLessThanOrEqual(180_000);
  expect(loaded.scenario.expect.alerts.length).toBeGreaterThan(0);
});

test('a normal day and a week of the city run only virtually', () => {
  for (const name of ['normal-day', 'city-week'])
    expect(loadScenario(name)).toMatchObject({ scenario: { runs: ['virtual'] } });
});

test('a minimal scenario is enough', () => {
  expect(errorsOf(minimal(''))).toEqual([]);
});

test('every error names file, line, column and field', () => {
  expect(
    errorsOf(
      minimal('pace: fast\nevents:\n  - { do: leak, at: soon, source: src-corridor-1, concentration: 5 }'),
    ),
  ).toEqual([
    'x.yaml:8:7: pace: Invalid input: expected number, received string',
    'x.yaml:10:21: events.0.at: must be a duration such as 0s, 90s, 5m, 2h or 1d12h',
  ]);
});

test('an unknown field is refused, so that a typing error cannot switch an expectation off', () => {
  expect(errorsOf(minimal('expct: {}'))).toEqual([expect.stringContaining('Unrecognized key: "expct"')]);
});

test('broken YAML and doubled keys are refused with their place', () => {
  expect(errorsOf('name: [')).toEqual([expect.stringMatching(/^x\.yaml:1:\d+: /)]);
  expect(errorsOf(minimal('seed: "2"'))).toEqual([
    expect.stringContaining('x.yaml:8:1: Map keys must be unique'),
  ]);
});

test('aliases are refused: a small file stays small', () => {
  expect(errorsOf(minimal('x-a: &a [1]\nevents: *a'))).toEqual([
    'x.yaml:9:9: aliases are not taken: write it out',
  ]);
});

test.each([
  [
    '{ do: leak, at: 1s, source: src-nowhere, concentration: 5 }',
    'events.0.source names no source of the city',
  ],
  [
    '{ do: stop-fan, at: 1s, fan: attic }',
    'events.0.fan names no fan of the city; there are main, local-3105',
  ],
  ['{ do: silence, at: 1s, device: nobody }', 'events.0.device names no device of the city'],
  [
    '{ do: silence, at: 1s, device: chem-desulf, sensor: nose }',
    'events.0.sensor names no sensor of the city; there are h2s-01',
  ],
  ['{ do: network, at: 1s, devices: [nobody] }', 'events.0.devices names no device of the city'],
])('%s is a stranger to the city', (event, detail) => {
  expect(errorsOf(minimal(`events:\n  - ${event}`))).toEqual([expect.stringContaining(detail)]);
});

test('an event that ends before it begins is refused', () => {
  const event = '{ do: stop-fan, at: 20s, until: 20s, fan: main }';
  expect(errorsOf(minimal(`events:\n  - ${event}`))).toEqual([
    expect.stringContaining('events.0.until: must lie after at'),
  ]);
});

test('an expectation beyond the end is refused', () => {
  const alert = '{ rule: a.b, subject: "*", change: raised, between: [1s, 61s] }';
  expect(errorsOf(minimal(`expect:\n  alerts:\n    - ${alert}`))).toEqual([
    expect.stringContaining('must end within the duration'),
  ]);
});

test.each([
  [liveDurationMaxMs / 1000 - 1, 0],
  [liveDurationMaxMs / 1000, 0],
  [liveDurationMaxMs / 1000 + 1, 1],
])('a live scenario of %i s has %i errors', (duration, errors) => {
  const text = minimal('').replace('[virtual]', '[live]').replace('60s', `${duration}s`);
  expect(errorsOf(text)).toHaveLength(errors);
});

test.each([
  [scenarioFileBytesMax - 1, true],
  [scenarioFileBytesMax, true],
  [scenarioFileBytesMax + 1, false],
])('a file of %i bytes is read: %s', (bytes, isRead) => {
  const text = minimal('# ');
  expect(parseScenario(text + 'x'.repeat(bytes - Buffer.byteLength(text)), 'x.yaml').ok).toBe(isRead);
});

test('an unknown name is refused with the names that there are', () => {
  expect(loadScenario('gas-lek')).toMatchObject({
    ok: false,
    errors: [expect.stringContaining('there are bad-network, ')],
  });
});
