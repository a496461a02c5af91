import { RuleId } from '../../../../functions/domain/ids.ts';
import {
  correlationFormat,
  decodeCorrelation,
  encodeCorrelation,
} from '../../../../functions/domain/rules/correlate/codec.ts';
import {
  correlationsOf,
  memberRank,
  underRule,
} from '../../../../functions/domain/rules/correlate/correlations.ts';
import {
  type CorrelationVerdict,
  judgeCorrelation,
} from '../../../../functions/domain/rules/correlate/judge.ts';
import { correlationRecord } from '../../../../functions/domain/rules/correlate/record.ts';
import { replayCorrelation } from '../../../../functions/domain/rules/correlate/replay.ts';
import { isChildSlot } from '../../../../functions/domain/rules/correlate/state.ts';
import { correlationDepthMax } from '../../../../functions/domain/rules/correlation-rule.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { memberOf, stateOf, termsWith } from '../../../support/correlation-states.ts';
import { absenceRule, any, countRule, gas, sequenceRule } from '../../../support/correlations.ts';

const first = memberOf('a', [[1, 1, 1_000, 0]]);
const second = memberOf('b', [[1, 1, 2_000, 0]], { slot: 1 });

describe('semantics 23: a stored state under the rule as it is now', () => {
  const stored = stateOf([first, second], { kind: 'sequence', floor: instant(500) });

  test('of the same kind of pattern stays what it is', () => {
    expect(underRule(stored, sequenceRule())).toBe(stored);
  });

  test('of another kind keeps the first slot only', () => {
    expect(underRule(stored, absenceRule())).toEqual({ ...stored, kind: 'absence', members: [first] });
  });

  test('in a slot that the pattern has no more any rank counts', () => {
    expect(memberRank(countRule(2), 1, 'firing', 'signal')).toBe(0);
    expect(memberRank(countRule(2), 1, 'recovered', 'signal')).toBe(-1);
  });

  test('written by newer code is left alone', () => {
    const text = encodeCorrelation(stored);
    expect(decodeCorrelation(text)).toEqual({ ok: true, state: stored });
    const newer = JSON.stringify({ format: correlationFormat + 1 });
    expect(decodeCorrelation(newer)).toEqual({ ok: false, problem: 'newer-format' });
  });
});

test.each([
  ['count', 0, true],
  ['sequence', 0, true],
  ['sequence', 1, true],
  ['absence', 0, true],
  ['absence', 1, false],
] as const)('semantics 21: of kind %s slot %i is a child: %s', (kind, slot, isChild) => {
  expect(isChildSlot(kind, slot)).toBe(isChild);
});

describe('semantics 25: the record of a correlation', () => {
  const head = {
    ...{ rule: gas, ruleVersion: '00000000000000aa', trigger: 'watermark' as const },
    subject: { kind: 'site', id: 'site-1' },
  };
  const input = { now: instant(3_000), watermark: instant(2_000) };
  const verdict: CorrelationVerdict = {
    change: 'raised',
    severity: 'blue',
    phenomenonAt: instant(1_000),
    at: instant(3_000),
    marks: [],
  };

  test('holds the verdict, and is reached once more', () => {
    const state = stateOf([first]);
    expect(judgeCorrelation(state, termsWith(), input).verdict).toEqual(verdict);
    const record = correlationRecord(head, state, termsWith(), input, verdict);
    expect(JSON.parse(record)).toMatchObject({ ...head, now: 3_000, watermark: 2_000, verdict });
    expect(replayCorrelation(record)).toBe(record);
  });

  test('from where nothing follows nothing is written', () => {
    expect(replayCorrelation(correlationRecord(head, stateOf([]), termsWith(), input, verdict))).toBe('');
  });
});

describe('semantics 20: a book that is refused says along which rules', () => {
  const idOf = (level: number) => RuleId.parse(`test.level-${level}`);
  const over = (level: number, member: RuleId) =>
    countRule(1, { id: idOf(level), pattern: { kind: 'count', of: any(member), count: 1 } });

  test('of a circle', () => {
    const circle = [over(0, idOf(1)), over(1, idOf(0))];
    expect(() => correlationsOf(circle)).toThrow('in a circle: test.level-0 > test.level-1 > test.level-0');
  });

  test('of too great a depth', () => {
    const levels = Array.from({ length: correlationDepthMax + 1 }, (_, level) => correlationDepthMax - level);
    const tower = levels.map((level) => over(level, level === 0 ? gas : idOf(level - 1)));
    expect(() => correlationsOf(tower)).toThrow(`deep: ${levels.map(idOf).join(' > ')}`);
  });
});
