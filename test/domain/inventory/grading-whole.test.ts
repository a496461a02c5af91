import { Chemical } from '../../../functions/domain/inventory/chemical.ts';
import { Grading, grade, Level, peopleNearbyMax } from '../../../functions/domain/inventory/grading.ts';

const ammonia = (designMaxT: string) => [Chemical.parse({ name: '氨', designMaxT })];

test('at most ten million people may be near', () => {
  expect(peopleNearbyMax).toBe(10_000_000);
});

test('the grading of a major source is told whole', () => {
  expect(grade(ammonia('10'), 30)).toStrictEqual({
    ok: true,
    grading: {
      standard: 'GB 18218-2018',
      s: { exact: '1', decimal: '1' },
      isMajor: true,
      alpha: '1.2',
      r: { exact: '12/5', decimal: '2.4' },
      level: 4,
    },
  });
});

test('below 1 there is no coefficient, no R and no level, whoever is near', () => {
  expect(grade(ammonia('9.999999'), 1000)).toStrictEqual({
    ok: true,
    grading: {
      standard: 'GB 18218-2018',
      s: { exact: '9999999/10000000', decimal: '0.999999' },
      isMajor: false,
    },
  });
});

test('a unit without chemicals is no major source', () => {
  expect(grade([], 1)).toStrictEqual({
    ok: true,
    grading: { standard: 'GB 18218-2018', s: { exact: '0', decimal: '0' }, isMajor: false },
  });
});

test.each([
  ['49.999999', 4],
  ['50', 3],
  ['50.000001', 3],
  ['249.999999', 3],
  ['250', 2],
  ['250.000001', 2],
  ['499.999999', 2],
  ['500', 1],
  ['500.000001', 1],
])('ammonia %s t with one person near is level %i', (designMaxT, level) => {
  const graded = grade(ammonia(designMaxT), 1);
  expect(graded.ok && graded.grading.level).toBe(level);
});

test.each([
  [30, '1.2'],
  [31, '1.2'],
  [50, '1.5'],
  [51, '1.5'],
  [100, '2'],
  [101, '2'],
  [2, '1'],
])('%i people near give coefficient %s', (people, alpha) => {
  const graded = grade(ammonia('10'), people);
  expect(graded.ok && graded.grading.alpha).toBe(alpha);
});

const stored = { standard: 'GB 18218-2018', s: { exact: '1', decimal: '1' }, isMajor: true };
const complete = { ...stored, alpha: '2', r: { exact: '3', decimal: '3' }, level: 4 };

test.each([
  ['all there is', complete],
  ['only what every unit has', stored],
])('a stored grading with %s is read as it was', (_, grading) => {
  expect(Grading.parse(grading)).toStrictEqual(grading);
});

test.each([
  ['another standard', { standard: 'GB 18218-2009' }, 'standard'],
  ['no standard', { standard: undefined }, 'standard'],
  ['no S', { s: undefined }, 's'],
  ['an S without its decimals', { s: { exact: '1' } }, 's.decimal'],
  ['an S that is not exact', { s: { decimal: '1' } }, 's.exact'],
  ['an S with more to it', { s: { exact: '1', decimal: '1', x: 1 } }, 's'],
  ['no word on being major', { isMajor: undefined }, 'isMajor'],
  ['a coefficient that is a number', { alpha: 2 }, 'alpha'],
  ['an R that is a text', { r: '3' }, 'r'],
  ['level 0', { level: 0 }, 'level'],
  ['level 5', { level: 5 }, 'level'],
  ['something else', { x: 1 }, ''],
])('a stored grading with %s is refused', (_, change, field) => {
  const read = Grading.safeParse({ ...complete, ...change });
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toStrictEqual([field]);
});

test('levels are the whole numbers 1 to 4', () => {
  const fits = (level: number) => Level.safeParse(level).success;
  expect([0, 1, 2, 3, 4, 5, 1.5].map(fits)).toStrictEqual([false, true, true, true, true, false, false]);
});
