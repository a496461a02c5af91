import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the simulator's command line as a person would. */
const sim = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'sensors-sim/main.ts', ...args],
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
      },
    );
  });

/** A process of its own starts slowly on a busy machine. */
const waitMs = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'sim-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(
  'help names every command and where to start',
  async () => {
    const { code, out } = await sim('--help');
    expect(code).toBe(0);
    for (const word of ['list', 'scenario', 'run', 'replay', 'load', 'Start here'])
      expect(out).toContain(word);
  },
  waitMs,
);

test(
  'list shows every scenario and the size of the city',
  async () => {
    const { code, out } = await sim('list', '--devices');
    expect(code).toBe(0);
    expect(out).toContain('normal-day');
    expect(out).toContain('5 enterprises, 13 devices, 73 sensors');
    expect(out).toContain('h2s-01');
  },
  waitMs,
);

test(
  'a virtual scenario prints its timeline and ends with 0',
  async () => {
    const { code, out } = await sim('scenario', 'calibration', '--virtual');
    expect(out).toContain('expected  +00:57 raised red coal-mine.methane.coal-face mine-face-3102/ch4-t0');
    expect(out).toContain('ok: all 2 expected changes came');
    expect(code).toBe(0);
  },
  waitMs,
);

test(
  'a scenario whose expectations do not hold ends with 1 and says why',
  async () => {
    const file = join(folder, 'never.yaml');
    writeFileSync(
      file,
      `name: never
title: { zh: 一, en: never }
story: nothing happens
runs: [virtual]
seed: "1"
startsAt: "2026-03-02T00:00:00+08:00"
duration: 20s
expect:
  alerts: [{ rule: gas.combustible.compartment, subject: gas-corridor-1/lel-01, change: raised, between: [0s, 20s] }]
`,
    );
    const { code, out } = await sim('scenario', file, '--virtual');
    expect(code).toBe(1);
    expect(out).toContain('not ok: missing: raised of gas.combustible.compartment on gas-corridor-1/lel-01');
  },
  waitMs,
);

test.each([
  [['scenario', 'gas-lek', '--virtual'], 'no scenario "gas-lek"; there are bad-network'],
  [['scenario', 'gas-leak'], 'a live scenario needs --api and --token'],
  [['scenario', 'normal-day', '--api', 'x', '--token', 'y'], 'normal-day runs only with --virtual'],
  [['run', '--local', '/nowhere'], '/nowhere/ports.json cannot be read: start the platform with npm start'],
  [['load', '--rate', 'much', '--local', '/nowhere'], '--rate must be a positive number, not "much"'],
  [['load', '--rate', '20001', '--local', '/nowhere'], '--rate must be at most 20000'],
  [
    ['replay', '/nowhere.csv', '--time-columns', 't', '--value', 'v', '--virtual'],
    '/nowhere.csv cannot be read',
  ],
  [['run', '--mqtt', '4'], "argument '4' is invalid. Allowed choices are 5, 3.1.1"],
])(
  '%j is refused in one line',
  async (args, line) => {
    const { code, err } = await sim(...args);
    expect(code).toBe(1);
    expect(err).toContain(line);
    expect(err).not.toContain('    at ');
  },
  waitMs,
);

test(
  'a replay of the shipped extract prints the alerts at the hours of the recording',
  async () => {
    const { code, out } = await sim(
      'replay',
      'sensors-sim/data/beijing-pm25-30-days.csv',
      '--time-columns',
      'year,month,day,hour',
      '--value',
      'pm2.5',
      '--zone',
      '+08:00',
      '--virtual',
    );
    expect(code).toBe(0);
    expect(out).toContain('720 records, 35 without a value (sent as quality "fault")');
    expect(out).toContain(
      'recorded 2010-03-22T01:00 UTC  severity-up   red     construction.dust.pm25 at 315',
    );
  },
  waitMs,
);
