/** What this room knows: who hears of a transition, why, and in which words. This file: texts for people. */
import type { Transition } from '../alerts/alert.ts';
import type { Bilingual } from '../severity.ts';
import { measuredText } from '../telemetry/unit-text.ts';
import { type DurationMs, type Instant, instant, minutes, rfc3339 } from '../time.ts';
import type { NotifyReason } from './decide.ts';
import { conditionWords, drillWords, reasonWords, severityWords, tradeWords } from './words.ts';

/** Longest subject line of an e-mail in characters: SNS takes less than 100. */
export const subjectLineCharsMax = 99;

/** Longest short text in characters: two parts of a Chinese SMS. */
export const shortTextCharsMax = 134;

/** People read times in China's one zone; machines get UTC. */
const readableOffset: DurationMs = minutes(8 * 60);

/** @example readableTime(instant(0)) // '1970-01-01 08:00:00' */
export const readableTime = (at: Instant): string =>
  rfc3339(instant(at + readableOffset))
    .slice(0, 19)
    .replace('T', ' ');

type Language = keyof Bilingual;

/** Value with its unit; empty when there is none. */
const valueText = ({ value, matter }: Transition): string =>
  value === undefined ? '' : measuredText(value, matter.unit);

/** Everything a person needs, one line a fact; the advice last, where it is read last and remembered. */
export function readableText(transition: Transition, reason: NotifyReason, language: Language): string {
  const { matter, subject, scope, severity, condition, drill } = transition;
  const label = labels[language];
  const head = `${severityWords[severity][language]} ${matter.title[language]}`;
  const facts: readonly (readonly [string, string])[] = [
    [label.reason, reasonWords[reason][language]],
    [label.condition, conditionWords[condition][language]],
    [label.value, valueText(transition)],
    [label.subject, subject.id],
    [label.source, scope.sourceId],
    [label.enterprise, scope.enterpriseId],
    [label.area, scope.area],
    [label.trade, tradeWords[scope.trade][language]],
    [label.time, `${readableTime(transition.phenomenonAt)} (UTC+8)`],
    [label.advice, condition === 'recovered' ? '' : matter.advice[language]],
    [label.number, `${transition.alertId}/${transition.version}`],
  ];
  const lines = facts.filter(([, text]) => text !== '' && text !== '-').map((fact) => fact.join(label.colon));
  return [(drill ? drillWords[language] : '') + head, ...lines].join('\n');
}

const labels = {
  zh: {
    colon: '：',
    reason: '事由',
    condition: '状态',
    value: '数值',
    subject: '对象',
    source: '危险源',
    enterprise: '企业',
    area: '区划',
    trade: '行业',
    time: '时间',
    advice: '处置建议',
    number: '告警编号',
  },
  en: {
    colon: ': ',
    reason: 'Reason',
    condition: 'Condition',
    value: 'Value',
    subject: 'Subject',
    source: 'Source',
    enterprise: 'Enterprise',
    area: 'Area',
    trade: 'Trade',
    time: 'Time',
    advice: 'Advice',
    number: 'Alert',
  },
} as const;

/** For telephones: what, where, what to do. */
export function shortText(transition: Transition, reason: NotifyReason): string {
  const { matter, subject, severity, condition, drill } = transition;
  const news = condition === 'recovered' ? reasonWords[reason].zh : matter.advice.zh;
  const parts = [`${matter.title.zh}`, subject.id, valueText(transition), news].filter((part) => part !== '');
  const text = `${drill ? drillWords.zh : ''}【${severityWords[severity].zh}】${parts.join('，')}`;
  return cut(text, shortTextCharsMax);
}

/** For mailboxes: printable ASCII, because SNS refuses a subject with anything else that some mailers break. */
export function subjectLine(transition: Transition, reason: NotifyReason): string {
  const { matter, subject, severity, drill } = transition;
  const line = `${drill ? drillWords.en : ''}[${severityWords[severity].en}] ${matter.title.en}: ${subject.id} (${reasonWords[reason].en})`;
  const ascii = line
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/\?+/g, '?');
  return cut(ascii, subjectLineCharsMax, '...');
}

/** At most `charsMax` UTF-16 units, never half of a character. */
function cut(text: string, charsMax: number, end = '…'): string {
  if (text.length <= charsMax) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > charsMax - end.length) break;
    kept += character;
  }
  return kept + end;
}
