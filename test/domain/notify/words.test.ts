import {
  conditionWords,
  reasonWords,
  severityWords,
  tradeWords,
} from '../../../functions/domain/notify/words.ts';

const tables = { severityWords, reasonWords, conditionWords, tradeWords };
const words = Object.entries(tables).flatMap(([table, entries]) =>
  Object.entries(entries).map(([code, word]) => [`${table}.${code}`, word] as const),
);

test.each(words)(
  '%s is said in Chinese to whoever reads Chinese, in English to others',
  (name, { zh, en }) => {
    if (name === 'tradeWords.-') expect([zh, en]).toEqual(['-', '-']);
    else {
      expect(zh).toMatch(/^[\p{Script=Han}，]+$/u);
      expect(en).toMatch(/^[A-Za-z][A-Za-z ,]+$/);
    }
  },
);

test.each(Object.entries(tables))('no two codes of %s are said alike', (_, entries) => {
  const all = Object.values(entries);
  expect(new Set(all.map(({ zh }) => zh)).size).toBe(all.length);
  expect(new Set(all.map(({ en }) => en)).size).toBe(all.length);
});
