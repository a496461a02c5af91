import { type RulesCopy, rulesCopy, tocsin } from '../support/cli/run.ts';

let copy: RulesCopy;
beforeEach(async () => {
  copy = await rulesCopy();
});
afterEach(() => copy.done());

const titles = ['--title-zh', '超限', '--title-en', 'Over: the "limit"'];
const create = (name: string, ...flags: readonly string[]) => copy.rules('new', name, ...titles, ...flags);

/** Everything that a rule has to pass before it may be committed. */
const passes = async (word: string): Promise<void> => {
  expect((await copy.rules('test', word)).out).toMatch(/^1 proof: \d cases passed, 0 failed$/);
  expect(await copy.rules('build')).toMatchObject({ code: 0 });
  expect(await copy.rules('check')).toMatchObject({ code: 0, out: '7 rules, no findings' });
};

test.each([
  ['one limit', 'gas/methane.manhole', ['--quantity', 'methane', '--limit', 'alarm=1.0']],
  [
    'two limits, a dead band and a delay',
    'gas/methane.manhole',
    ['--quantity', 'methane', '--limit', 'alarm=1.0', 'cut=1.5', '--band', '0.1', '--for', '30s'],
  ],
  [
    'four severities',
    'construction/pm10.street',
    ['--quantity', 'pm10', '--limit', 'a=50', 'b=100', 'c=150', 'd=200'],
  ],
  [
    'a lower limit',
    'coal-mine/oxygen.low',
    ['--quantity', 'oxygen', '--below', '--limit', 'low=19.5', 'tooLow=18', '--band', '0.2', '--for', '25s'],
  ],
  [
    'severities of its own',
    'chemical/level.low',
    ['--quantity', 'tank-level', '--below', '--limit', 'low=10', '--severity', 'red=low', '--silent', 'off'],
  ],
  [
    'a negative limit',
    'chemical/cold.store',
    ['--quantity', 'temperature', '--limit', 'warm=-18', '--period', '1m', '--clear-for', '10m'],
  ],
  ['a switch', 'coal-mine/fan.stopped', ['--quantity', 'fan-state', '--equals', 'false', '--for', '1m']],
  [
    'an enumeration',
    'gas/valve.shut',
    [
      '--quantity',
      'valve-state',
      '--equals',
      'closed',
      '--severity',
      'yellow',
      '--position',
      'inlet',
      'main line',
    ],
  ],
])('new writes a rule with %s and its proof, and both pass at once', async (_, name, flags) => {
  expect(await create(name, ...flags)).toMatchObject({
    code: 0,
    remarks: '',
    out: expect.stringMatching(/^wrote .*\.yaml\nwrote .*\.test\.yaml\nnext: /),
  });
  await passes(name.replace('/', '.'));
});

test('at a terminal new asks for what the flags leave open', async () => {
  const answers = ['methane', 'T1 T2', 'alarm=1.0 cut=1.5', '甲烷超限', 'Methane over the limit'];
  const ran = await tocsin(['rules', 'new', 'gas/methane.manhole', '--rules', copy.folder], answers);
  expect(ran).toMatchObject({ code: 0 });
  expect(await copy.read('gas/methane.manhole.yaml')).toContain('position: [T1, T2]');
  await passes('methane.manhole');
});

test('without a terminal new tells everything that is missing at once', async () => {
  const { remarks, code } = await copy.rules('new', 'gas/methane.manhole');
  expect(code).toBe(2);
  expect(remarks.split('\n').map((line) => line.split(':')[0])).toEqual([
    '--quantity',
    '--title-zh',
    '--title-en',
  ]);
});

test.each([
  ['an unknown trade', 'gaz/x', ['--quantity', 'methane', '--limit', 'a=1'], 'did you mean gas?'],
  [
    'a name with a path',
    'gas/../../x',
    ['--quantity', 'methane', '--limit', 'a=1'],
    'must be <trade>/<name>',
  ],
  ['an unknown quantity', 'gas/x', ['--quantity', 'methan', '--limit', 'a=1'], 'did you mean methane?'],
  ['no limit', 'gas/x', ['--quantity', 'methane'], '--limit: say a figure'],
  [
    'a limit that is no number',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'alarm=high'],
    'must be a camelCase name and a number',
  ],
  ['a limit named twice', 'gas/x', ['--quantity', 'methane', '--limit', 'a=1', 'a=2'], 'the name is taken'],
  [
    'an unknown severity',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', '--severity', 'rde=a'],
    'did you mean red?',
  ],
  [
    'a severity without its limit',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', '--severity', 'red=b'],
    'must name a --limit',
  ],
  [
    'more limits than severities',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', 'b=2', 'c=3', 'd=4', 'e=5'],
    'say which limit is how grave',
  ],
  [
    'a duration that is none',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', '--for', 'soon'],
    '--for soon: must be a duration',
  ],
  [
    'a band that is none',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', '--band', '-1'],
    '--band -1: must be a number above 0',
  ],
  [
    'a switch with a limit',
    'gas/x',
    ['--quantity', 'fan-state', '--limit', 'a=1'],
    'say which value of fan-state is dangerous: true, false',
  ],
  [
    'an unknown severity of silence',
    'gas/x',
    ['--quantity', 'methane', '--limit', 'a=1', '--silent', 'no'],
    '--silent no',
  ],
])('new refuses %s with exit code 2', async (_, name, flags, told) => {
  expect(await create(name, ...flags)).toMatchObject({
    code: 2,
    out: '',
    remarks: expect.stringContaining(told),
  });
});

test('what check would find is found before anything is written', async () => {
  const ran = await copy.rules(
    'new',
    'gas/x.y',
    '--quantity',
    'methane',
    '--limit',
    'a=2',
    'b=1',
    '--title-zh',
    'English',
    '--title-en',
    'x',
  );
  expect(ran).toMatchObject({
    code: 1,
    remarks: expect.stringMatching(
      /holds no Chinese[\s\S]*order the limits by severity[\s\S]*nothing written/,
    ),
  });
  await expect(copy.read('gas/x.y.yaml')).rejects.toThrow('ENOENT');
});

test('new overwrites nothing, and leaves no half of a pair', async () => {
  await copy.write('gas/x.test.yaml', 'mine');
  const flags = ['--quantity', 'methane', '--limit', 'alarm=1.0'];
  expect(await create('gas/x', ...flags)).toMatchObject({
    code: 2,
    remarks: expect.stringMatching(/x\.test\.yaml is there already/),
  });
  expect(await copy.read('gas/x.test.yaml')).toBe('mine');
  await expect(copy.read('gas/x.yaml')).rejects.toThrow('ENOENT');
});

test('new does not bring back a rule that was retired', async () => {
  await copy.rules('retire', 'gas.combustible.compartment', '--by', 'li', '--reason', 'r');
  await copy.rules('build');
  const ran = await create('gas/combustible.compartment', '--quantity', 'methane', '--limit', 'a=1');
  expect(ran).toMatchObject({ code: 2, remarks: expect.stringContaining('does not come back') });
});

test('new tells what it wrote as JSON', async () => {
  const { out } = await create('gas/x', '--quantity', 'methane', '--limit', 'a=1', '--json');
  expect(JSON.parse(out)).toMatchObject({
    id: 'gas.x',
    written: [expect.stringMatching(/x\.yaml$/), expect.stringMatching(/x\.test\.yaml$/)],
  });
});
