import { measuredText } from '../../../functions/domain/telemetry/unit-text.ts';

test.each([
  [25.5, '%{LEL}', '25.5 %LEL'],
  [40, '[ppm]', '40 ppm'],
  [10.1, 'mg/m3', '10.1 mg/m3'],
  [3, '1', '3'],
  [3, '', '3'],
  [false, '1', 'false'],
  ['open', '1', 'open'],
])('%p in %p is told as %p', (value, unit, told) => {
  expect(measuredText(value, unit)).toBe(told);
});
