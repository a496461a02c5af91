import { findings, type Given, read, response, rule } from '../support/cli/rule-text.ts';

const fan = 'sensors: { fan: { quantity: fan-state, position: [main] } }\n';

test('a rule with a window, another sensor, a name and a schedule becomes a rule of the book', () => {
  const found = read(
    rule({
      head: `${fan}let: { rise: 'delta("15m")' }\n`,
      limits: 'alarm: { value: 0.3, byGrade: { 1: 0.2 }, tighter: lower }',
      orange: `when: 'rise > limits.alarm && !sensor("fan").value', times: { count: 3, within: 10m }, schedule: { zone: Asia/Shanghai, windows: [{ days: mon-fri, from: "22:00", to: "06:00" }] }, advice: { zh: 开风机, en: start the fan }`,
    }),
  );
  expect(found).toMatchObject({
    ok: true,
    rule: {
      roles: { fan: { quantity: 'fan-state', positions: ['main'] } },
      windows: [{ lengthMs: 900_000, backMs: 0, countMin: 1, functions: ['delta'] }],
      limits: { alarm: { value: 0.3, byGrade: { 1: 0.2 } } },
      severities: [
        {
          when: { op: 'and', left: { op: 'gt', left: { op: 'window', window: 0 } } },
          times: { count: 3, withinMs: 600_000, consecutive: false },
          schedule: {
            zone: 'Asia/Shanghai',
            windows: [{ days: [1, 2, 3, 4, 5], fromMinute: 1_320, toMinute: 360 }],
            holidays: [],
            onHolidays: 'closed',
          },
          response: { consequence: { en: 'A' }, withinMs: 300_000 },
          advice: { en: 'start the fan' },
        },
      ],
    },
  });
});

test('the order of severities changes no version, though windows have numbers', () => {
  const one = rule({
    orange: `when: 'avg("1h") > limits.alarm'`,
    red: `when: 'max("2h") > 5 * limits.alarm'`,
  });
  const other = one.replace(/( {2}orange: .*\n)( {2}red: .*\n)/, '$2$1');
  const [a, b] = [read(one), read(other)];
  expect(a.ok && b.ok && a.rule.version === b.rule.version).toBe(true);
});

test.each<[string, Given, string[]]>([
  [
    'semantics 30: no response',
    { orange: 'when: value >= limits.alarm' },
    [
      'severities.orange.response: is missing: from blue to red an alarm says what to do [write response: { consequence, cause, action, within }, each text with zh and en]',
    ],
  ],
])('%s', (_, given, wanted) => {
  expect(findings(rule(given).replace(`, ${response}`, ''))).toEqual(wanted);
});

const site = 'alarm: { tighter: lower, ask: { zh: 由矿方设定, en: set by the mine } }';

test.each<[string, Given, string[]]>([
  [
    'a window and its clear',
    { orange: `when: 'avg("10m") >= limits.alarm', clear: 'avg("10m") < limits.alarm'` },
    [],
  ],
  [
    'semantics 2: zones of one window that overlap',
    { orange: `when: 'avg("10m") >= limits.alarm', clear: 'avg("10m") < limits.alarm + 1'` },
    [
      'severities.orange.clear: at avg("10m") 1 both when and clear of orange are true [move clear out of the zone of when]',
    ],
  ],
  [
    'a value and its own maximum hang together',
    { orange: `when: value >= limits.alarm, clear: 'max("10m") < limits.alarm'` },
    [],
  ],
  [
    'semantics 2: a steady value is in both zones',
    { orange: `when: value >= limits.alarm, clear: 'max("10m") < limits.alarm + 1'` },
    [
      'severities.orange.clear: at value 1 and max("10m") 1 both when and clear of orange are true [move clear out of the zone of when]',
    ],
  ],
  [
    'semantics 2: a difference is an axis of its own',
    {
      orange: `when: 'value - baseline("24h", "1h") >= limits.alarm', clear: 'value - baseline("24h", "1h") <= limits.alarm'`,
    },
    [expect.stringContaining('both when and clear of orange are true')],
  ],
  [
    'semantics 2: a site parameter with a band above it overlaps whatever it is',
    { limits: site, orange: 'when: value >= limits.alarm, clear: value < limits.alarm + 0.1' },
    [expect.stringContaining('both when and clear of orange are true')],
  ],
  [
    'a site parameter with a band below it',
    { limits: site, orange: 'when: value >= limits.alarm, clear: value < limits.alarm - 0.1' },
    [],
  ],
  [
    'another sensor that clears what it does not raise',
    { head: fan, orange: `when: value >= limits.alarm, clear: 'sensor("fan").value'` },
    [
      'severities.orange.clear: at value 1 and sensor.fan.value true both when and clear of orange are true [move clear out of the zone of when]',
    ],
  ],
  ['peers on both sides', { orange: `when: 'sensors("methane").exists(s, s.value >= limits.alarm)'` }, []],
  [
    'semantics 2: the same question of peers raises and clears',
    {
      orange: `when: 'sensors("methane").exists(s, s.value >= limits.alarm)', clear: 'sensors("methane").exists(s, s.value >= limits.alarm)'`,
    },
    [expect.stringContaining('both when and clear of orange are true')],
  ],
  [
    'a severity that a graver one overtakes, by its window',
    { orange: `when: 'avg("10m") >= limits.alarm'`, red: `when: 'avg("10m") >= limits.alarm - 0.5'` },
    ['severities.red.when: red is raised whenever orange is, and no later [order the limits by severity]'],
  ],
  [
    'a window that is never there',
    { orange: `when: 'avg("10m") >= limits.alarm && avg("10m") < limits.alarm'` },
    ['severities.orange.when: can never be true [compare the value with a limit]'],
  ],
  [
    'an emergency that is always',
    {
      orange: `when: 'value >= limits.alarm && mode in ["normal", "emergency"]', clear: 'mode == "normal" && mode == "emergency"'`,
    },
    [
      'severities.orange.clear: can never be true: the alert would stay for ever [compare the value with a limit]',
    ],
  ],
  [
    'a figure of a grade that overlaps',
    {
      limits:
        'alarm: { value: 1, byGrade: { 1: 0.5 }, tighter: lower }\n  restore: { value: 0.8, tighter: lower }',
      orange: 'when: value >= limits.alarm, clear: value < limits.restore',
    },
    [
      'severities.orange.clear: at value 0.5 both when and clear of orange are true, for grade 1 [move clear out of the zone of when]',
    ],
  ],
  [
    'a `for` that one reading satisfies',
    { orange: `when: 'max("10m") >= limits.alarm', for: 5m` },
    [
      'severities.orange.for: one reading satisfies it: the window keeps it for 10m [leave it out, or compare the value]',
    ],
  ],
  ['a `for` longer than its window', { orange: `when: 'max("10m") >= limits.alarm', for: 11m` }, []],
  [
    'runs that do not fit',
    { orange: 'when: value >= limits.alarm, for: 5m, times: { count: 3, within: 10m }' },
    ['severities.orange.times.within: 3 runs of 5m need more time than that [write at least 15m]'],
  ],
  [
    'a sensor that no condition uses',
    { head: fan, orange: 'when: value >= limits.alarm' },
    ['sensors.fan: no condition uses this sensor [use it or delete it]'],
  ],
  [
    'a name that no condition uses',
    { head: 'let: { high: value > 2 }\n', orange: 'when: value >= limits.alarm' },
    ['let.high: no condition uses this name [use it or delete it]'],
  ],
  [
    'names in a circle',
    { head: 'let: { a: b > 1 || a, b: "c", c: "b" }\n', orange: 'when: value >= limits.alarm || a' },
    [
      expect.stringMatching(/^let\.[abc]: stands for itself: /),
      expect.stringMatching(/^let\.[abc]: stands for itself: /),
    ],
  ],
  [
    'a name that is taken',
    { head: 'let: { value: "1", avg: "2", in: "3" }\n', orange: 'when: value >= limits.alarm' },
    [
      'let.value: `value` already means something [take another name]',
      'let.avg: `avg` already means something [take another name]',
      'let.in: `in` already means something [take another name]',
    ],
  ],
  [
    'a limit that no sensor reaches',
    { limits: 'alarm: { value: 101, tighter: lower }', orange: 'when: value >= limits.alarm' },
    ['limits.alarm.value: 101 is nothing that methane can be [it is 0 to 100 %{vol}: check the unit]'],
  ],
  [
    'a limit without a figure',
    { limits: 'alarm: { tighter: lower }', orange: 'when: value >= limits.alarm' },
    [
      'limits.alarm: has no value [write value, or ask: { zh, en } to say what has to be set here and by whom]',
    ],
  ],
  [
    'a wrong CAS number',
    {
      limits: 'alarm: { value: 1, tighter: lower, bySubstance: { "7783-06-5": 1 } }',
      orange: 'when: value >= limits.alarm',
    },
    [expect.stringContaining('is no CAS number: its check digit is wrong')],
  ],
  [
    'a schedule that overlaps itself',
    {
      orange:
        'when: value >= limits.alarm, schedule: { zone: Asia/Shanghai, windows: [{ days: fri, from: "22:00", to: "06:00" }, { days: [sat], from: "05:59", to: "08:00" }] }',
    },
    ['severities.orange.schedule.windows.1: overlaps another stretch [let them only touch]'],
  ],
  [
    'a schedule that never closes',
    {
      orange:
        'when: value >= limits.alarm, schedule: { zone: Asia/Shanghai, windows: [{ days: daily, from: "00:00", to: "24:00" }] }',
    },
    ['severities.orange.schedule.windows: is open all the week [leave the schedule out]'],
  ],
  [
    'a schedule in no zone, with a day that is none',
    {
      orange:
        'when: value >= limits.alarm, schedule: { zone: Asia/Peking, windows: [{ days: mon-fri, from: "06:00", to: "22:00" }], onHolidays: open }',
    },
    [
      expect.stringContaining('severities.orange.schedule.zone: "Asia/Peking" is no time zone'),
      'severities.orange.schedule.onHolidays: there are no holidays [list them, or leave it out]',
    ],
  ],
])('%s', (_, given, wanted) => {
  expect(findings(given)).toEqual(wanted);
});

test.each([
  ['"2026-02-30"', 'is no day of the calendar'],
  ['2026', 'must be a date in quotes, such as "2026-10-01"'],
])('a holiday on %s: %s', (date, message) => {
  const schedule = `schedule: { zone: UTC, windows: [{ days: mon, from: "06:00", to: "22:00" }], holidays: [${date}] }`;
  expect(findings({ orange: `when: value >= limits.alarm, ${schedule}` })).toEqual([
    expect.stringContaining(message),
  ]);
});

test.each([
  ['days: mo-fri', 'windows.0.days: must be days such as mon-fri, daily or [mon, sat]'],
  ['from: "6:00"', 'windows.0.from: must be a time of day in quotes, such as "06:00"'],
  ['from: "24:00"', 'windows.0.from: must be before "24:00"'],
])('a schedule with %s', (piece, message) => {
  const [field = ''] = piece.split(':');
  const window = { days: 'days: mon', from: 'from: "06:00"', to: 'to: "22:00"', [field]: piece };
  const schedule = `schedule: { zone: UTC, windows: [{ ${Object.values(window).join(', ')} }] }`;
  expect(findings({ orange: `when: value >= limits.alarm, ${schedule}` })).toEqual([
    `severities.orange.schedule.${message}`,
  ]);
});
