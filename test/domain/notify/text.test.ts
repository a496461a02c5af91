import {
  readableText,
  readableTime,
  shortText,
  shortTextCharsMax,
  subjectLine,
  subjectLineCharsMax,
} from '../../../functions/domain/notify/text.ts';
import { instant } from '../../../functions/domain/time.ts';
import { matter } from '../../support/alerts.ts';
import { raisedAt } from '../../support/transitions.ts';

const transition = raisedAt(1_767_322_984_000);
const withTitle = (zh: string, en: string) =>
  raisedAt(0, { matter: { ...matter, title: { zh, en }, advice: { zh, en } } });

describe('texts for people', () => {
  test('say what, where, when and what to do, in English', () => {
    expect(readableText(transition, 'first', 'en')).toBe(
      [
        'ORANGE Methane over limit',
        'Reason: new alert',
        'Condition: firing',
        'Value: 1.2 %vol',
        'Subject: dev-1/ch4',
        'Source: face-1',
        'Enterprise: ent-1',
        'Area: 220104',
        'Trade: coal mine',
        'Time: 2026-01-02 11:03:04 (UTC+8)',
        'Advice: Withdraw people',
        `Alert: ${transition.alertId}/1`,
      ].join('\n'),
    );
  });

  test('say the same in Chinese', () => {
    const text = readableText(transition, 'first', 'zh');
    expect(text).toContain('橙色 甲烷超限');
    expect(text).toContain('处置建议：撤人');
    expect(text.split('\n')).toHaveLength(12);
  });

  test('a stale matter is never shown as normal', () => {
    const stale = raisedAt(0, { change: 'stale', condition: 'stale' });
    expect(readableText(stale, 'stale', 'en')).toContain('does not mean normal');
    expect(readableText(stale, 'stale', 'zh')).toContain('不代表正常');
  });

  test('a recovered matter repeats no advice', () => {
    const over = raisedAt(0, { change: 'recovered', condition: 'recovered' });
    expect(readableText(over, 'recovered', 'en')).not.toContain('Withdraw');
    expect(shortText(over, 'recovered')).toContain('已恢复');
  });

  test('an exercise can never be mistaken for the real thing', () => {
    const drill = raisedAt(0, { drill: true });
    expect(readableText(drill, 'first', 'en')).toMatch(/^DRILL /);
    expect(readableText(drill, 'first', 'zh')).toMatch(/^【演练】/);
    expect(shortText(drill, 'first')).toMatch(/^【演练】/);
    expect(subjectLine(drill, 'first')).toMatch(/^DRILL /);
  });

  test('times are those of a clock in China', () => {
    expect(readableTime(instant(0))).toBe('1970-01-01 08:00:00');
  });

  test('a subject line is printable ASCII without line breaks', () => {
    const line = subjectLine(withTitle('x', 'Wide ＝ µg\nBcc: a@b \u202e 甲烷'), 'first');
    expect(line).toMatch(/^[\x20-\x7e]+$/);
  });

  test.each([[-1], [0], [1]])('a subject line of the limit and %i more is cut to the limit', (more) => {
    const rest = subjectLine(withTitle('x', 'T'), 'first').length - 1;
    const line = subjectLine(withTitle('x', 'T'.repeat(subjectLineCharsMax - rest + more)), 'first');
    expect(line).toHaveLength(Math.min(subjectLineCharsMax, subjectLineCharsMax + more));
    expect(line.includes('...')).toBe(more > 0);
  });

  test.each([[-1], [0], [1]])('a short text of the limit and %i more is cut to the limit', (more) => {
    const given = (count: number) =>
      raisedAt(0, { matter: { ...matter, title: { zh: '长'.repeat(count), en: 'x' } } });
    const rest = shortText(given(1), 'first').length - 1;
    const text = shortText(given(shortTextCharsMax - rest + more), 'first');
    expect(text).toHaveLength(Math.min(shortTextCharsMax, shortTextCharsMax + more));
    expect(text).toMatch(/^【/);
    expect(text.endsWith('…')).toBe(more > 0);
  });

  test('a cut never leaves half of a character', () => {
    const text = shortText(withTitle('😀'.repeat(120), 'x'), 'first');
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeLessThanOrEqual(shortTextCharsMax);
  });
});

test('what has no value, no place and no advice any more leaves these lines out, in both languages', () => {
  const raised = raisedAt(0, { matter: { ...matter, unit: '' } });
  const nowhere = { ...raised.scope, area: '-', enterpriseId: '-', sourceId: '-', trade: '-' } as const;
  const recovered = { ...raised, scope: nowhere, condition: 'recovered', value: undefined } as const;
  const number = `${raised.alertId}/1`;
  expect(readableText(recovered, 'recovered', 'zh').split('\n')).toEqual([
    '橙色 甲烷超限',
    '事由：已恢复',
    '状态：已恢复',
    '对象：dev-1/ch4',
    '时间：1970-01-01 08:00:00 (UTC+8)',
    `告警编号：${number}`,
  ]);
  expect(readableText(recovered, 'recovered', 'en').split('\n')).toEqual([
    'ORANGE Methane over limit',
    'Reason: recovered',
    'Condition: recovered',
    'Subject: dev-1/ch4',
    'Time: 1970-01-01 08:00:00 (UTC+8)',
    `Alert: ${number}`,
  ]);
  expect(shortText(recovered, 'recovered')).toBe('【橙色】甲烷超限，dev-1/ch4，已恢复');
});

test('every line has its own name in Chinese too', () => {
  expect(
    readableText(transition, 'first', 'zh')
      .split('\n')
      .map((line) => line.split('：')[0]),
  ).toEqual('橙色 甲烷超限|事由|状态|数值|对象|危险源|企业|区划|行业|时间|处置建议|告警编号'.split('|'));
  expect(shortText(transition, 'first')).toBe('【橙色】甲烷超限，dev-1/ch4，1.2 %vol，撤人');
});

test('a subject line is plain ASCII with one mark for what is not, and says nothing of a drill that is none', () => {
  expect(subjectLine(withTitle('甲', 'Gas 甲烷 é over'), 'first')).toBe(
    '[ORANGE] Gas ? e? over: dev-1/ch4 (new alert)',
  );
});
