import { paced, rateMax, rateMin } from '../../../cli/pace.ts';
import { rateOf } from '../../../cli/repair-command.ts';
import { tocsin } from '../../support/cli/temp-folder.ts';

test.each([
  [['quarantine', 'list']],
  [['quarantine', 'show', 'k']],
  [['quarantine', 'redrive']],
  [['dead-letters', 'list']],
  [['dead-letters', 'redrive', 'TelemetryDead']],
  [['reconcile']],
  [['verify-archive']],
  [['audit']],
])(
  '%j without a deployment says how to name one: exit 2',
  async (words) => {
    const { code, remarks } = await tocsin(...words, '--stage', 'none-such');
    expect(code).toBe(2);
    expect(remarks).toContain('Remedy: check --stage, the region and the AWS credentials');
  },
  30_000,
);

test.each([
  [['quarantine', 'drop', 'k', '--yes'], 'nothing is thrown away without a reason'],
  [['quarantine', 'drop', '--yes', '--reason', 'x'], 'name the keys'],
  [['quarantine', 'redrive', '--yes', '--reason', ' '], 'must be 1 to 500 characters'],
  [['quarantine', 'redrive', '--yes', '--by', 'x'.repeat(401)], 'must be 1 to 400 characters'],
  [['dead-letters', 'redrive', 'Nowhere'], 'TelemetryDead'],
  [['dead-letters', 'redrive'], "missing required argument 'name'"],
  [['dead-letters', 'redrive', 'TicksDead', '--limit', '0'], 'must be a whole number from 1'],
  [['dead-letters', 'list', '--peek', '11'], 'must be a whole number from 0 to 10'],
  [['reconcile', '--rate', '0'], 'must be a number from 0.1 to 1000'],
  [['verify-archive', '--from', 'yesterday'], 'must be a day such as 2026-01-02'],
  [['audit', '--day', '2026-13-01'], 'must be a day such as 2026-01-02'],
])('%j is refused with what is missing: exit 2', async (words, reason) => {
  expect(await tocsin(...words)).toMatchObject({ code: 2, remarks: expect.stringContaining(reason) });
});

test.each(['quarantine', 'dead-letters', 'reconcile', 'verify-archive'])(
  '%s --help says what each exit code means',
  async (command) => {
    const { code, out } = await tocsin(command, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Exit code:? 0/);
  },
);

test('a rate is taken at its least and its most, and refused beyond', () => {
  expect([rateOf(String(rateMin)), rateOf(String(rateMax))]).toEqual([rateMin, rateMax]);
  for (const rate of ['0.09', '1001', 'many', '']) expect(() => rateOf(rate)).toThrow('must be a number');
});

test('work goes on at its rate, and what was idle is not made up for', async () => {
  let now = 0;
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const pace = paced(10, () => now, wait);
  for (let i = 0; i < 3; i++) await pace();
  expect(waits).toEqual([100, 100]);
  now += 5_000;
  await pace();
  await pace();
  expect(waits).toEqual([100, 100, 100]);
});
