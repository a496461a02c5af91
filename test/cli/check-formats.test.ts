import { annotationOf } from '../../cli/rules/tell-problems.ts';
import { type RulesCopy, rulesCopy } from '../support/cli/run.ts';
import { registrationOf } from '../support/registration.ts';

let copy: RulesCopy;
beforeEach(async () => {
  copy = await rulesCopy();
});
afterEach(() => copy.done());

const gas = 'gas/combustible.compartment.yaml';
const coal = 'coal-mine/methane.coal-face.yaml';

const damage = async (): Promise<void> => {
  await copy.edit(gas, 'trade: gas', 'trade: gaz');
  await copy.edit(coal, 'value >= limits.cut', 'value >= limits.ctu');
};

test('check tells findings as JSON, each with its place, its line and a remedy', async () => {
  await damage();
  const { out, remarks, code } = await copy.rules('check', '--json');
  expect([code, remarks]).toEqual([1, '']);
  const told = JSON.parse(out);
  expect(told).toMatchObject({ ok: false, rules: 4 });
  expect(told.findings).toContainEqual({
    level: 'error',
    file: expect.stringMatching(/methane\.coal-face\.yaml$/),
    line: expect.any(Number),
    column: expect.any(Number),
    field: 'severities.red.when',
    message: 'unknown name `limits.ctu`',
    remedy: 'did you mean `limits.cut`?',
    excerpt: expect.stringContaining('limits.ctu'),
  });
  expect(JSON.parse((await copy.rules('check', '--format', 'json')).out)).toEqual(told);
});

test('check of good rules is told as JSON too', async () => {
  const { out, code } = await copy.rules('check', '--json');
  expect([code, JSON.parse(out)]).toEqual([0, { ok: true, rules: 6, findings: [] }]);
});

test('check tells findings as annotations of GitHub', async () => {
  await damage();
  const { out, code } = await copy.rules('check', '--format', 'github');
  expect(code).toBe(1);
  const [first, second] = out.split('\n');
  expect(first).toMatch(
    /^::error file=[^,]*methane\.coal-face\.yaml,line=\d+,col=\d+,title=severities\.red\.when::unknown name `limits\.ctu`%0Afix: did you mean `limits\.cut`\?$/,
  );
  expect(second).toMatch(/^::error file=[^,]*compartment\.yaml,line=\d+,col=\d+,title=trade::/);
});

test('what an annotation holds cannot end it or begin another', () => {
  const problem = {
    file: 'a,b:c%.yaml',
    line: 1,
    column: 2,
    field: 'x,y',
    message: '100%\n::error::forged',
    excerpt: '',
  };
  expect(annotationOf(problem)).toBe(
    '::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=x%2Cy::100%25%0A::error::forged',
  );
});

test('check of a path tells the findings of that file or folder only', async () => {
  await damage();
  const inGas = await copy.rules('check', copy.path('gas'));
  expect(inGas).toMatchObject({ code: 1, remarks: expect.stringContaining('1 finding') });
  expect(inGas.remarks).not.toContain('coal-face');
  expect(await copy.rules('check', copy.path('chemical'))).toMatchObject({
    code: 0,
    out: '2 rules, no findings',
  });
  const two = await copy.rules('check', copy.path(gas), copy.path(coal));
  expect(two).toMatchObject({ code: 1, remarks: expect.stringContaining('2 findings') });
});

test('check of a path that is not there, or is no part of the rules, is wrong usage', async () => {
  expect(await copy.rules('check', copy.path('gsa'))).toMatchObject({
    code: 2,
    remarks: expect.stringContaining('no such file'),
  });
  expect(await copy.rules('check', 'docs')).toMatchObject({
    code: 2,
    remarks: expect.stringContaining('lies outside'),
  });
});

describe('with an inventory', () => {
  const write = (devices: unknown) => copy.write('devices.json', JSON.stringify(devices));
  const check = (...more: readonly string[]) =>
    copy.rules('check', '--inventory', copy.path('devices.json'), ...more);

  test('a rule that matches no registered sensor is a warning, and fails only when asked to', async () => {
    await write([registrationOf({ deviceId: 'dev-1' })]);
    const { remarks, out, code } = await check();
    expect([code, out]).toEqual([0, '6 rules, 5 warnings']);
    expect(remarks).toMatch(/compartment\.yaml:7:9 {2}select: warning: matches no registered sensor/);
    expect(remarks).not.toContain('coal-face');
    expect(await check('--strict')).toMatchObject({
      code: 1,
      remarks: expect.stringContaining('5 warnings'),
    });
    expect((await check('--format', 'github')).out).toContain('::warning file=');
  });

  test('a device that was revoked matches nothing', async () => {
    await write([registrationOf({ deviceId: 'dev-1', status: 'revoked' })]);
    expect((await check()).out).toBe('6 rules, 6 warnings');
  });

  test.each([
    ['that is not there', undefined, 'cannot be read (ENOENT)'],
    ['that is no JSON', '[{', 'is not JSON'],
    ['of another shape', '[{ "deviceId": "a b" }]', '0.deviceId: must be'],
  ])('an inventory %s is wrong usage', async (_, text, told) => {
    if (text !== undefined) await copy.write('devices.json', text);
    expect(await check()).toMatchObject({ code: 2, remarks: expect.stringContaining(told) });
  });
});

test('test tells every case with what was expected and what came, as JSON', async () => {
  await copy.edit(coal, 'alarm: { value: 1.0', 'alarm: { value: 1.1');
  await copy.edit(coal, 'restore: { value: 1.0', 'restore: { value: 0.8');
  const { out, code } = await copy.rules('test', 'methane', '--json');
  expect(code).toBe(1);
  const told = JSON.parse(out);
  expect(told).toMatchObject({ proofs: 1, findings: [] });
  expect(told.passed + told.failed).toBe(told.cases.length);
  const failed = told.cases.find(({ ok }: { ok: boolean }) => !ok);
  expect(failed.lines).toContainEqual({
    atMs: 20_000,
    kind: 'missing',
    expected: expect.objectContaining({ change: 'raised', severity: 'orange' }),
  });
});

test('list --unverified groups what a lawyer must still check by standard, site values last', async () => {
  const { out, code } = await copy.rules('list', '--unverified');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^AQ 1029-2019\n {2}rule +limit +value +unit +clause +read in\n {2}coal-mine\.methane\.coal-face +alarm +1 +%\{vol\} +表1/,
  );
  expect(out).toMatch(/\d+ limits to verify in the official text$/);
  const { out: json } = await copy.rules('list', '--unverified', '--json');
  const standards = JSON.parse(json);
  expect(standards.at(-1).standard).toBe('site value');
  expect(standards[0]).toMatchObject({
    standard: 'AQ 1029-2019',
    limits: [{ limit: 'alarm', value: '1' }, {}, {}],
  });
});

test('list --unverified leaves out what was verified', async () => {
  await copy.edit(coal, 'verified: false', 'verified: true');
  expect((await copy.rules('list', '--unverified')).out).not.toContain('AQ 1029-2019');
});

test('build tells what it wrote as JSON', async () => {
  const { out } = await copy.rules('build', '--json');
  expect(JSON.parse(out)).toMatchObject({
    written: [
      expect.stringContaining('book.json'),
      expect.stringContaining('index.json'),
      expect.stringContaining('rule.schema.json'),
    ],
    rules: 6,
    findings: [],
  });
});
