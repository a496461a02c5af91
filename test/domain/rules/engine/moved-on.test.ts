import { AssertionError } from 'node:assert';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { withTold } from '../../../../functions/domain/rules/engine/told.ts';
import type { Schedule } from '../../../../functions/domain/rules/schedule.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, benchOf, feed, type TestBench } from '../../../support/engine/bench.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, device, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../support/engine/windows.ts';
import { siteLimit } from '../../../support/methane-rule.ts';
import { overrideOf } from '../../../support/overrides.ts';

/** What was stored under one form of a rule, under another one. */
function under(to: DeviceRules, bench: TestBench): TestBench {
  const writer = byteWriter();
  encodeRules(writer, bench.state().rules, bench.state());
  const other = benchOf(to);
  other.set(decodeRules(byteReader(writer.finish()), to));
  return other;
}

const patient = { silent: { afterMs: seconds(10_000), severity: 'orange' as const } };
const yellow = (schedule?: Schedule, level: Partial<GivenSeverity> = {}): Rule => {
  const rule = ruleOf({ levels: [{ severity: 'yellow', at: 1, ...level }], ...patient });
  if (schedule === undefined) return rule;
  return { ...rule, severities: rule.severities.map((one) => ({ ...one, schedule })) };
};
const hour = 22 * 60;
/** Open from second 40 to second 100. */
const once = scheduleOf([[hour + 14, hour + 15]]);
const always = scheduleOf([[0, 1_440]]);
const closed: Schedule = { ...scheduleOf([]), holidays: ['2020-01-01'], onHolidays: 'open' };

test('semantics 23: a severity that a rule gets later is raised on top of what it had told', () => {
  const before = benchOf(boundTo(ruleOf()));
  expect(feed(before, [0, 1.2])).toEqual(['raised orange firing @0']);
  const levels = [
    { severity: 'orange', at: 1 },
    { severity: 'red', at: 2 },
  ] as const;
  expect(feed(under(boundTo(ruleOf({ levels })), before), [5, 2.5])).toEqual(['severity-up red firing @5']);
});

test('semantics 3, 23: a rule that loses a limit can never be answered, which is told at once', () => {
  const before = benchOf(boundTo(ruleOf(patient)));
  feed(before, [0, 0.5]);
  const after = under(boundTo({ ...ruleOf(patient), limits: { orange: siteLimit } }), before);
  expect(after.wait(1)).toEqual(['data.not-evaluable raised yellow firing @0']);
});

test('semantics 5, 23: a breach on held readings under another limit raises when the hold ends', () => {
  const before = benchOf(boundTo(ruleOf(patient)));
  expect(before.send([{ t: 1, v: 2, q: 'calibrating' }])).toEqual([]);
  const after = under(boundTo(ruleOf({ ...patient, levels: [{ severity: 'orange', at: 1.5 }] })), before);
  expect(after.wait(1_800)).toEqual([]);
  expect(after.wait(1_802)).toEqual(['raised orange firing @1801 held']);
});

test('semantics 22, 23: a run of which only the beginning is known ends with the limit that contradicts it', () => {
  const levels = (limit: number) => [{ severity: 'orange', at: limit, forS: 100 }] as const;
  const loose = overrideOf({ value: 5, from: at(50), at: at(50), isSigned: true });
  const story = (...overrides: readonly (typeof loose)[]): readonly string[] => {
    const before = benchOf(boundTo(ruleOf({ ...patient, levels: levels(1) })));
    feed(before, [0, 2]);
    const rule = ruleOf({ ...patient, levels: levels(1.5) });
    return under(boundTo(rule, { ...device(), overrides: [...overrides] }), before).wait(200);
  };
  expect(story()).toEqual(['raised orange firing @130']);
  expect(story(loose)).toEqual([]);
});

test('semantics 16, 23: a breach that waits for hours that are no more has its deadline again', () => {
  const before = benchOf(boundTo(yellow(closed, { forS: 10 })));
  expect(feed(before, [0, 1])).toEqual([]);
  expect(before.wait(1_000)).toEqual([]);
  const after = under(boundTo(yellow(undefined, { forS: 10 })), before);
  expect(after.wait(40)).toEqual([]);
  expect(after.wait(40.001)).toEqual(['raised yellow firing @40']);
});

test.each([
  ['no hours any more', undefined],
  ['hours that never end', always],
])('semantics 16, 23: a closing ends nothing under a rule that has %s', (_, schedule) => {
  const before = benchOf(boundTo(yellow(once)));
  expect(feed(before, [50, 1])).toEqual(['raised yellow firing @50']);
  const after = under(boundTo(yellow(schedule)), before);
  expect(after.wait(101)).toEqual([]);
  expect(feed(after, [110, 0], [121, 0])).toEqual(['recovered yellow @121']);
});

test('semantics 23: a window that a rule gets later begins empty, beside those that hold something', () => {
  const window = { lengthS: 600, functions: ['avg'] } as const;
  const rule = windowRule({ window, when: figureIs('avg', 'ge', 100) });
  const both = boundTo({ ...rule, windows: [windowOf(window), windowOf({ ...window, lengthS: 1_200 })] });
  const before = benchOf(boundTo(rule));
  feed(before, [0, 1], [60, 2], [120, 3]);
  const twice = under(both, under(both, before));
  const [had, got] = [before, twice].map((bench) => bench.state().sensors[0]?.rings ?? []);
  expect(got?.[0]?.data).toEqual(had?.[0]?.data);
  expect(got?.map(({ newest }) => newest >= 0)).toEqual([true, false]);
});

describe('semantics 22, 25: a record replays under a registration that has moved on', () => {
  const told = (bench: TestBench): readonly string[] => bench.drafts.map(({ because }) => because);

  test('of a late reading that an older limit judged than the one that the cell had met', () => {
    const override = overrideOf({ value: 0.5, from: at(100), at: at(100) });
    const bench = benchOf(boundTo(ruleOf(patient), { ...device(), overrides: [override] }));
    feed(bench, [150, 0.2]);
    expect(bench.send([{ t: 50, v: 1.2 }], 160)).toEqual(['raised orange firing @50 late']);
    for (const because of told(bench)) expect(replay(because, boundTo(ruleOf(patient)))).toBe(because);
    expect(told(bench)).toHaveLength(1);
  });

  test('of a change of limits that is forgotten beside another one', () => {
    const registered = (...from: readonly number[]) => ({
      ...device(),
      overrides: from.map((second) => overrideOf({ from: at(second), at: at(second) })),
    });
    const bench = benchOf(boundTo(ruleOf(patient), registered(100)));
    feed(bench, [50, 0.9]);
    expect(bench.wait(101)).toEqual(['raised orange firing @100']);
    for (const because of told(bench))
      expect(replay(because, boundTo(ruleOf(patient), registered(70)))).toBe(because);
  });

  test('a limit that makes a graver severity true asks the lighter ones whether they are', () => {
    const levels = [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ] as const;
    const red = overrideOf({ limit: 'red', value: 0.9, from: at(100), at: at(100) });
    const bench = benchOf(boundTo(ruleOf({ ...patient, levels }), { ...device(), overrides: [red] }));
    feed(bench, [50, 0.95]);
    expect(bench.wait(101)).toEqual(['raised red firing @100']);
    expect(bench.state().cells[0]?.machines.map(({ phase }) => phase)).toEqual([0, 2]);
  });
});

describe('semantics 24: a late reading that shows that an episode had not been clear', () => {
  const band = { below: 0.5 } as const;
  /** Raised at 50, recovered with a clear run from 55 on. */
  const recovered = (): TestBench => {
    const bench = benchOf(boundTo(yellow(once, band)));
    expect(feed(bench, [50, 1], [55, 0.2], [66, 0.2])).toEqual([
      'raised yellow firing @50',
      'recovered yellow @66',
    ]);
    return bench;
  };

  test('raises again inside the hours', () => {
    expect(recovered().send([{ t: 60, v: 0.7 }], 80)).toEqual(['raised yellow firing @60 late']);
  });

  test('raises nothing outside of hours that the rule has got since', () => {
    const later = scheduleOf([[hour + 15, hour + 16]]);
    const after = under(boundTo(yellow(later, band)), recovered());
    expect(after.send([{ t: 60, v: 0.7 }], 80)).toEqual([]);
  });

  test('joins an episode that stands since', () => {
    const bench = recovered();
    expect(feed(bench, [70, 1])).toEqual(['raised yellow firing @70']);
    expect(bench.send([{ t: 60, v: 0.7 }], 80)).toEqual([]);
    expect(bench.state().cells[0]?.machines[0]?.since).toBe(at(60));
  });
});

describe('semantics 5, 6: readings that a rule ignores', () => {
  const deaf = (): TestBench =>
    benchOf(boundTo({ ...ruleOf(patient), quality: { ...ruleOf().quality, calibrating: 'ignore' } }));

  test('of several at one instant those that count are judged', () => {
    const bench = deaf();
    expect(
      bench.send([
        { t: 1, v: 5, q: 'calibrating' },
        { t: 1, v: 0 },
      ]),
    ).toEqual([]);
    expect(
      bench.send([
        { t: 2, v: 0, q: 'calibrating' },
        { t: 2, v: 1 },
      ]),
    ).toEqual(['raised orange firing @2']);
  });

  test('where none counts nothing is judged, late or not', () => {
    const bench = deaf();
    const both = (t: number) => [
      { t, v: 5, q: 'calibrating' as const },
      { t, v: 6, q: 'calibrating' as const },
    ];
    expect([...bench.send(both(10)), ...feed(bench, [20, 0]), ...bench.send(both(5), 21)]).toEqual([]);
  });

  test('a trusted reading beside one that is not is judged in its order, the other as late', () => {
    const bench = benchOf(boundTo(ruleOf(patient)));
    feed(bench, [0, 0]);
    expect(
      bench.send([
        { t: 5, v: 0.2 },
        { t: 5, v: 1, trusted: false },
      ]),
    ).toEqual(['raised orange firing @5 untrusted']);
    expect(bench.state().cells[0]?.evaluatedAt).toBe(at(5));
  });

  test('a reading of a sensor that the device does not have is nothing', () => {
    const bench = benchOf(boundTo(ruleOf()));
    const nobody = { t: 1, v: 5, sensor: 'nobody' };
    expect([...bench.send([nobody]), ...bench.send([nobody, nobody])]).toEqual([]);
    expect(feed(bench, [1, 5])).toEqual(['raised orange firing @1']);
  });
});

test('semantics 15: a late reading that may have ended an episode earlier makes all breaches count again', () => {
  const rule = ruleOf({ levels: [{ severity: 'yellow', at: 1 }], ...patient });
  const times = { count: 3, withinMs: seconds(100), consecutive: false };
  const bench = benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
  feed(bench, [1, 1], [2, 1]);
  expect(feed(bench, [3, 1], [10, 0], [21, 0])).toEqual(['raised yellow firing @3', 'recovered yellow @21']);
  expect(feed(bench, [50, 1], [55, 1], [56, 0])).toEqual([]);
  expect(bench.send([{ t: 5, v: 0 }], 60)).toEqual(['raised yellow firing @5 late']);
});

test('an alert that the twin is told is over is raised anew by the breach that goes on', () => {
  const bench = benchOf(boundTo(ruleOf(patient)));
  expect(feed(bench, [0, 1.2], [5, 1.2])).toEqual(['raised orange firing @0']);
  const over = { ruleId: 'test.rule', sensorId: 'ch4', rank: -1, isStale: false, hint: undefined };
  bench.set(withTold(bench.state(), over, at(5)));
  expect(feed(bench, [10, 1.2])).toEqual(['raised orange firing @10']);
});

test('semantics 25: the record of a fault that stands already replays to nothing', () => {
  const rules = boundTo(ruleOf(patient));
  const bench = benchOf(rules);
  feed(bench, [0, 0]);
  for (const t of [1, 100, 1_000, 4_000]) bench.send([{ t, q: 'fault' }]);
  const [because] = bench.drafts
    .filter(({ ruleId }) => ruleId === builtInRules.fault.ruleId)
    .map((one) => one.because);
  expect(replay(because ?? '', rules)).toBe(because);
  const record = JSON.parse(because ?? '{}');
  expect(replay(JSON.stringify({ ...record, before: record.after }), rules)).toBe('');
});

test('semantics 29: damaged state is told as damaged or read as some state, whatever byte it is', () => {
  const rules = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
  const bench = benchOf(rules);
  bench.send([{ t: 1, v: 2, sensor: 'a' }]);
  const writer = byteWriter();
  encodeRules(writer, rules, bench.state());
  const bytes = writer.finish();
  for (let at = 0; at < bytes.length; at++)
    for (const value of [1, 9, 0x7f]) {
      let cells = rules.conditions.length;
      try {
        cells = decodeRules(byteReader(bytes.with(at, value)), rules).cells.length;
      } catch (error) {
        expect(error).toBeInstanceOf(AssertionError);
      }
      expect(cells).toBe(rules.conditions.length);
    }
});
