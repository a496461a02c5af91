import { dayOf } from '../../../../functions/domain/rules/windows/day.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;

let asked = 0;

/**
 * The name of `zone` in a spelling that nobody has asked for: capitals make no difference to a zone, but what is remembered
 * of one is remembered by its name, and an answer that is only remembered shows nothing.
 */
function neverAsked(zone: string): string {
  asked += 1;
  const isCapital = (i: number): boolean => Math.floor(asked / 2 ** i) % 2 === 1;
  return [...zone].map((letter, i) => (isCapital(i) ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

test.each([
  ['Asia/Shanghai', '2026-03-02T00:00:00+08:00', 24],
  ['Asia/Shanghai', '2026-01-01T00:00:00+08:00', 24],
  ['Asia/Shanghai', '2026-12-31T00:00:00+08:00', 24],
  ['Europe/Berlin', '2026-03-29T00:00:00+01:00', 23],
  ['Europe/Berlin', '2026-10-25T00:00:00+02:00', 25],
  ['America/New_York', '2028-02-29T00:00:00-05:00', 24],
  // Where the clocks go on at midnight the day begins at one.
  ['Asia/Beirut', '2026-03-29T01:00:00+03:00', 23],
  ['Pacific/Kiritimati', '2026-06-15T00:00:00+14:00', 24],
])(
  'semantics 17: in %s the day that begins at %s lasts %d hours, asked anywhere in it',
  (zone, begin, hours) => {
    const startAt = Date.parse(begin);
    const endAt = startAt + hours * hour;
    const day = { number: numberOf(begin.slice(0, 10)), startAt, endAt };
    for (const at of [startAt, startAt + 1, startAt + 12 * hour, endAt - 1])
      expect(dayOf(neverAsked(zone), at)).toEqual(day);
    expect(dayOf(neverAsked(zone), startAt - 1)).toMatchObject({ number: day.number - 1, endAt: startAt });
    expect(dayOf(neverAsked(zone), endAt)).toMatchObject({ number: day.number + 1, startAt: endAt });
  },
);

test('semantics 17: days that follow each other touch, whichever of them are remembered', () => {
  const zone = neverAsked('Europe/Berlin');
  const noon = Date.parse('2026-10-21T12:00:00Z');
  const days = Array.from({ length: 9 }, (_, i) => dayOf(zone, noon + i * dayMs));
  expect(days.map(({ number }) => number - numberOf('2026-10-21'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(days.slice(1).map(({ startAt }) => startAt)).toEqual(days.slice(0, -1).map(({ endAt }) => endAt));
  for (const day of days) {
    expect(dayOf(zone, day.startAt)).toEqual(day);
    expect(dayOf(zone, day.endAt - 1)).toEqual(day);
  }
});

test('semantics 17: a zone that does not exist is refused, not taken for another', () => {
  expect(() => dayOf('Europe/Atlantis', 0)).toThrow(RangeError);
});
