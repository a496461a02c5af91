import { measuredText, unitText } from '../../../functions/domain/telemetry/unit-text.ts';

test.each([
  ['%{vol}', '%vol'],
  ['%{LEL}', '%LEL'],
  ['[ppm]', 'ppm'],
  ['{score}', 'score'],
  ['mg/m3', 'mg/m3'],
  ['1', ''],
  ['', ''],
])('the unit %j is told as %j', (unit, told) => {
  expect(unitText(unit)).toBe(told);
});

test('a switch and a word have no unit, whatever is registered', () => {
  expect([measuredText(true, 'mm'), measuredText('open', '%{vol}')]).toEqual(['true', 'open']);
  expect([measuredText(0, 'mm'), measuredText(-1.5, '%{vol}')]).toEqual(['0 mm', '-1.5 %vol']);
});
