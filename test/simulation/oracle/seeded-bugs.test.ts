import type { History } from '../history.ts';
import { judge, laws } from './oracle.ts';
import { judgeAlong } from './support/along.ts';
import type { Bug } from './support/bug.ts';
import { bugsOfAccounts } from './support/bugs-of-accounts.ts';
import { bugsOfEnds } from './support/bugs-of-ends.ts';
import { bugsOfEvidence } from './support/bugs-of-evidence.ts';
import { bugsOfNotices } from './support/bugs-of-notices.ts';
import { bugsOfTables } from './support/bugs-of-tables.ts';
import { recordedHistory } from './support/recorded-history.ts';

/** Histories to break; each bug takes the first in which it can be. */
const seeds = [3, 4, 5, 9, 12, 17];
const histories: History[] = [];

beforeAll(async () => {
  for (const seed of seeds) histories.push(await recordedHistory({ seed }));
}, 60_000);

const bugs = [...bugsOfAccounts, ...bugsOfTables, ...bugsOfNotices, ...bugsOfEvidence, ...bugsOfEnds];

test('at least forty ways to break a history are tried', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(40);
});

test('every law has a way to break it, and every way a law', () => {
  const tried = new Set(bugs.map(({ law }) => law));
  // Their own stories are told elsewhere: these histories have no run that waits, no way of ours that lags, no other limits, and
  // end with all sensors silent.
  const elsewhere = ['deadline-kept', 'delay-told', 'delay-earned', 'tightening-judged', 'correlation-ends'];
  expect([...tried, ...elsewhere].toSorted()).toEqual(laws.map(({ name }) => name).toSorted());
});

test('nothing is found against the histories that are broken here', () => {
  for (const history of histories) expect(judge(history)).toEqual([]);
});

test('nothing is found against them when they are judged as they go by', () => {
  for (const history of histories) expect(judgeAlong(history)).toEqual([]);
});

const broken = ({ breakIt }: Bug): History => {
  const first = histories.map(breakIt).find((history) => history !== undefined);
  if (first === undefined) throw new Error('no history could be broken so');
  return first;
};

test.each(bugs)('$law finds that $what', (bug) => {
  expect(judge(broken(bug)).map(({ law }) => law)).toContain(bug.law);
});

test.each(bugs)('$law finds as the history goes by that $what', (bug) => {
  expect(judgeAlong(broken(bug)).map(({ law }) => law)).toContain(bug.law);
});
