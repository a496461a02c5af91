import { quantities, quantityOf } from '../../../functions/domain/telemetry/quantities.ts';

const all = [...quantities.values()];

test('a quantity is called by one name', () => {
  expect(quantities.size).toBeGreaterThan(60);
  for (const id of quantities.keys()) expect(id).toMatch(/^[a-z][a-z0-9.-]{0,47}$/);
});

test('a number has a range and a scale that its range needs, a switch and a word have none', () => {
  for (const { kind, physical, scale, unit, names } of all) {
    if (kind === 'number') {
      expect(physical && physical.min < physical.max).toBe(true);
      expect(scale).toBeLessThanOrEqual(3);
      expect(unit).not.toBe('1');
    } else expect([physical, scale, unit]).toEqual([undefined, 0, '1']);
    expect(names !== undefined).toBe(kind === 'enum');
  }
});

test.each([
  ['methane', '%{vol}', 2],
  ['combustible-gas', '%{LEL}', 1],
  ['co', '[ppm]', 0],
  ['h2s', 'mg/m3', 2],
  ['noise', 'dB', 1],
  ['axial-force', 'kN', 1],
])('%s is told in %s with %i decimal places', (id, unit, scale) => {
  expect(quantityOf(id)).toMatchObject({ unit, scale });
});
