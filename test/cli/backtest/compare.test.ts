import { compareBooks, differenceRows } from '../../../cli/backtest/compare-books.ts';
import { createEpisodes, type Episode } from '../../../cli/backtest/episodes.ts';
import { RuleId } from '../../../functions/domain/ids.ts';
import type { Change } from '../../../functions/domain/rules/transition.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import { instant } from '../../../functions/domain/time.ts';

/** Episodes out of `raised@10:orange recovered@20`, on one sensor. */
function episodes(text: string, sensorId = 's'): readonly Episode[] {
  const book = createEpisodes();
  const drafts = text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, change = '', at = '0', severity = 'orange'] = /^([a-z-]+)@(\d+)(?::(\w+))?$/.exec(word) ?? [];
      return {
        ruleId: RuleId.parse('test.rule'),
        ruleVersion: 'v',
        sensorId,
        change: change as Change,
        condition: 'firing' as const,
        severity: severity as Severity,
        phenomenonAt: instant(Number(at)),
        at: instant(Number(at)),
        trigger: 'reading' as const,
        marks: [],
        value: 1,
        quality: 'good',
        because: '',
      };
    });
  book.add({ deviceId: 'd', enterpriseId: 'e' }, drafts);
  return book.all();
}

const differing = (before: string, after: string) =>
  compareBooks(episodes(before), episodes(after)).map(({ differences }) => differences.join('+') || 'same');

test.each([
  ['raised@10 recovered@20', 'raised@10 recovered@20', ['same']],
  ['', 'raised@10 recovered@20', ['added']],
  ['raised@10 recovered@20', '', ['removed']],
  ['raised@10 recovered@20', 'raised@12 recovered@20', ['later']],
  ['raised@12 recovered@20', 'raised@10 recovered@20', ['earlier']],
  ['raised@10 recovered@20', 'raised@10 severity-up@12:red recovered@20', ['graver']],
  ['raised@10:red recovered@20', 'raised@10 recovered@20', ['milder']],
  [
    'raised@10 severity-up@14:red recovered@20',
    'raised@8 severity-up@16:red recovered@20',
    ['earlier+later'],
  ],
  ['raised@10:red recovered@20', 'raised@5:blue recovered@20', ['earlier+milder']],
  ['raised@10', 'raised@10', ['same']],
  ['raised@10 recovered@20', 'raised@21 recovered@30', ['removed', 'added']],
  ['raised@10 recovered@20', 'raised@20 recovered@30', ['later']],
])('%j against %j is %j', (before, after, expected) => {
  expect(differing(before, after)).toEqual(expected);
});

test('two alerts that the other book joins are one match, none of them removed', () => {
  expect(differing('raised@10 recovered@20 raised@30 recovered@40', 'raised@10 recovered@40')).toEqual([
    'same',
  ]);
  expect(differing('raised@10 recovered@40', 'raised@10 recovered@20 raised@30 recovered@40')).toEqual([
    'same',
  ]);
});

test('a lost alert stays removed between two that match', () => {
  expect(
    differing(
      'raised@10 recovered@20 raised@30 recovered@40 raised@50 recovered@60',
      'raised@10 recovered@20 raised@50 recovered@60',
    ),
  ).toEqual(['same', 'removed', 'same']);
});

test('alerts of different sensors never match, and the rows count them', () => {
  const matches = compareBooks(
    episodes('raised@10 recovered@20', 'a'),
    episodes('raised@10 recovered@20', 'b'),
  );
  expect(differenceRows(matches)).toEqual([
    {
      ruleId: 'test.rule',
      enterpriseId: 'e',
      before: 1,
      after: 1,
      same: 0,
      added: 1,
      removed: 1,
      earlier: 0,
      later: 0,
      graver: 0,
      milder: 0,
    },
  ]);
});
