import { RuleId } from '../../../../functions/domain/ids.ts';
import type { RuleBook } from '../../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { never } from '../../../../functions/domain/rules/engine/cell.ts';
import {
  endedMax,
  endOrphans,
  endTransition,
  orphansDueAt,
} from '../../../../functions/domain/rules/engine/orphans.ts';
import {
  emptyRuleState,
  type Orphan,
  type RuleState,
} from '../../../../functions/domain/rules/engine/state.ts';
import { at } from '../../../support/engine/bench.ts';
import { bookOf, device, ruleOf } from '../../../support/engine/rules.ts';

const testRule = RuleId.parse('test.rule');
const tombstone = { id: testRule, by: 'li', reason: 'replaced', date: '2026-11-28' };
/** Selects no sensor of the device. */
const elsewhere = ruleOf({ select: { quantities: ['methane'], positions: ['T9'] } });
const orphanOf = (given: Partial<Orphan> = {}): Orphan => ({
  ruleId: 'test.rule',
  sensorId: 'ch4',
  toldRank: 3,
  wasToldStale: true,
  since: 5,
  hint: undefined,
  ...given,
});
const stateOf = (book: RuleBook, ...orphans: readonly Orphan[]): RuleState => ({
  ...emptyRuleState(bindDevice(book, device()), at(7)),
  orphans,
});
const retired: RuleBook = {
  ...bookOf(),
  retired: [{ ...tombstone, id: RuleId.parse('test.other') }, tombstone],
};

test('semantics 23: what a retired rule has open ends with all that is known of it', () => {
  const { state, ended } = endOrphans(stateOf(retired, orphanOf()), at(9));
  expect(state.orphans).toEqual([]);
  const [draft] = ended;
  expect(ended).toHaveLength(1);
  const { because, ...rest } = draft ?? { because: '{}' };
  const common = { ruleVersion: 'retired', change: 'recovered', condition: 'recovered', severity: 'orange' };
  const told = { ...common, trigger: 'rule-retired', marks: [], phenomenonAt: at(9) };
  expect(rest).toEqual({
    ...told,
    ruleId: testRule,
    sensorId: 'ch4',
    at: at(9),
    value: undefined,
    quality: 'good',
  });
  const { by, reason, date } = tombstone;
  const input = {
    kind: 'book',
    trigger: 'rule-retired',
    ruleVersion: 'retired',
    at: at(9),
    by,
    reason,
    date,
  };
  expect(JSON.parse(because)).toEqual({
    ...told,
    format: 1,
    rule: 'test.rule',
    sensor: 'ch4',
    now: at(9),
    input,
    before: { toldRank: 3, wasToldStale: true, since: 5 },
  });
});

test('semantics 23: what a rule has open on a sensor that it selects no longer ends, and is remembered', () => {
  const book = bookOf({ ...elsewhere, id: RuleId.parse('test.first'), version: 'v0' }, elsewhere);
  const orphan = orphanOf({ hint: undefined });
  const { state, ended } = endOrphans(stateOf(book, orphan), at(9));
  expect(ended).toMatchObject([{ trigger: 'deselected', ruleVersion: 'v1' }]);
  const input = { kind: 'book', trigger: 'deselected', ruleVersion: 'v1', at: at(9) };
  expect(JSON.parse(ended[0]?.because ?? '{}').input).toEqual(input);
  expect(state.orphans).toEqual([{ ...orphan, toldRank: never, wasToldStale: false }]);
});

test.each<[string, RuleBook, Orphan]>([
  ['of a rule that is merely missing', bookOf(), orphanOf()],
  ['of another rule than the retired', retired, orphanOf({ ruleId: 'test.third' })],
  ['of a sensor that is merely missing', bookOf(elsewhere), orphanOf({ sensorId: 'gone' })],
  ['of another rule than the one in the book', bookOf(elsewhere), orphanOf({ ruleId: 'test.third' })],
  ['that is over', retired, orphanOf({ toldRank: never })],
])('semantics 23: an alert %s does not end', (_, book, orphan) => {
  const before = stateOf(book, orphan);
  const { state, ended } = endOrphans(before, at(9));
  expect([state === before, ended, orphansDueAt(before)]).toEqual([true, [], undefined]);
});

test('where there is nothing to end the state is the same', () => {
  const before = stateOf(retired);
  const { state, ended } = endOrphans(before, at(9));
  expect([state === before, ended, orphansDueAt(before)]).toEqual([true, [], undefined]);
});

test('an alert that has to end is due since the newest message, whatever does not', () => {
  expect(orphansDueAt(stateOf(retired, orphanOf({ ruleId: 'test.third' }), orphanOf()))).toBe(at(7));
});

test('what does not end, or only later, keeps its place', () => {
  const kept = orphanOf({ ruleId: 'test.third' });
  const over = orphanOf({ toldRank: never });
  const many = Array.from({ length: endedMax }, (_, since) => orphanOf({ since }));
  const last = orphanOf({ since: 99 });
  const { state, ended } = endOrphans(stateOf(retired, kept, over, ...many, last), at(9));
  expect(state.orphans).toEqual([kept, over, last]);
  expect(ended).toHaveLength(endedMax);
});

test.each([
  [0, 'signal'],
  [4, 'red'],
  [5, 'red'],
])('an alert that was told with rank %i ends as %s', (toldRank, severity) => {
  const input = { kind: 'book', trigger: 'deselected', ruleVersion: 'v1', at: at(9) } as const;
  const draft = endTransition(testRule, 'ch4', { toldRank, wasToldStale: false, since: 0 }, input);
  expect([draft.severity, JSON.parse(draft.because).severity]).toEqual([severity, severity]);
});
