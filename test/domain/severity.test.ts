import { AlertKind, Bilingual, graver, rankOf, severities, Trade } from '../../functions/domain/severity.ts';

test('severities go up from what is only recorded to the gravest', () => {
  expect(severities.map(rankOf)).toEqual([0, 1, 2, 3, 4]);
});

test.each([
  [undefined, undefined, undefined],
  ['blue', undefined, 'blue'],
  [undefined, 'signal', 'signal'],
  ['red', 'orange', 'red'],
  ['yellow', 'orange', 'orange'],
  ['blue', 'blue', 'blue'],
] as const)('of %p and %p the graver is %p', (one, other, expected) => {
  expect(graver(one, other)).toBe(expected);
});

test('kinds of alerts and trades are those that rules, filters and policies name', () => {
  expect(AlertKind.options).toEqual(['risk', 'data-quality', 'security', 'system']);
  expect(Trade.options).toEqual(['coal-mine', 'gas', 'chemical', 'construction', 'transport']);
});

test.each(['zh', 'en'])('a text for people has 1 to 500 characters in either language: %s', (language) => {
  const isText = (text: string): boolean =>
    Bilingual.safeParse({ zh: '燃气', en: 'gas', [language]: text }).success;
  expect([0, 1, 499, 500, 501].map((count) => isText('x'.repeat(count)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('a text in one language, or in a third, is none', () => {
  expect(Bilingual.safeParse({ zh: '燃气' }).success).toBe(false);
  expect(Bilingual.safeParse({ zh: '燃气', en: 'gas', de: 'Gas' }).success).toBe(false);
});
