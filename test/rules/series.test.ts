import { readSeries, stepCountMax } from '../../cli/proofs/series.ts';

const steps = (text: string) => {
  const series = readSeries(text);
  if (!series.ok) throw new Error(series.message);
  return series.steps.map((step) =>
    step === 'gap' ? '_' : step.quality === 'good' ? step.value : `${step.value}!${step.quality}`,
  );
};

test.each([
  ['0.4', [0.4]],
  ['0.4+0.1x3', [0.4, 0.5, 0.6, 0.7]],
  ['1-0.25x4', [1, 0.75, 0.5, 0.25, 0]],
  ['-1+0.5x2', [-1, -0.5, 0]],
  ['1x3', [1, 1, 1, 1]],
  ['1x0', [1]],
  ['_', ['_']],
  ['_x3', ['_', '_', '_']],
  ['1 _ 2', [1, '_', 2]],
  ['2!calibrating', ['2!calibrating']],
  ['2x1!fault', ['2!fault', '2!fault']],
  ['!fault', ['undefined!fault']],
  ['true false', [true, false]],
  ['openx1', ['open', 'open']],
  ['  1\n  2  ', [1, 2]],
])('semantics 30: %j stands for %j', (text, wanted) => {
  expect(steps(text)).toEqual(wanted);
});

test('semantics 4 and 30: a computed step is the decimal that a device would send', () => {
  expect(steps('0.1+0.1x9')).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  expect(steps('0.07+0.01x2')).toEqual([0.07, 0.08, 0.09]);
});

test.each([
  ['', 'a series needs at least one step'],
  ['1,2', 'cannot read 1,2: write 0.4, 0.4+0.1x10, 1.2x3, _ or 2!calibrating'],
  ['0.4+x3', 'cannot read 0.4+x3: write 0.4, 0.4+0.1x10, 1.2x3, _ or 2!calibrating'],
  ['1e3', 'cannot read 1e3: write 0.4, 0.4+0.1x10, 1.2x3, _ or 2!calibrating'],
  ['1!calibratin', 'unknown quality in 1!calibratin: did you mean !calibrating?'],
  ['1!fault!fault', 'unknown quality in 1!fault!fault: did you mean !fault?'],
])('%j is refused: %s', (text, message) => {
  expect(readSeries(text)).toEqual({ ok: false, message });
});

test.each([
  [stepCountMax - 1, true],
  [stepCountMax, true],
  [stepCountMax + 1, false],
])('a series of %i steps is accepted: %s', (many, accepted) => {
  expect(readSeries(`1x${many - 1}`).ok).toBe(accepted);
});
