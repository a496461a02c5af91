/** One rule as a section of a page for people. */
import type { Limit, Rule, SeverityRule } from '../../functions/domain/rules/book.ts';
import type { Schedule } from '../../functions/domain/rules/schedule.ts';
import { figureOf } from '../rules/unverified.ts';
import { conditionWords, type Saying } from './condition-words.ts';
import { markdownTable } from './markdown.ts';
import { effectWords, type Language, qualityNames, severityNames, speaker, unitText } from './words.ts';

/** `{value}` and the like as words that are filled in later. */
export const templateWords = (text: string): string => text.replace(/\{(\w+)\}/g, '*$1*');

interface Telling extends Saying {
  readonly rule: Rule;
}

function watchedWords({ rule, say, list }: Telling): string {
  const { quantities, trades, positions, sourceKinds, areaPrefixes, grades, tags } = rule.select;
  const what = quantities.length === 0 ? say('任何数值', 'any number') : list(quantities);
  const unit = unitText(rule.unit);
  const named = (zh: string, en: string, words: readonly unknown[] | undefined): string[] =>
    words ? [`${say(zh, en)} ${list(words)}`] : [];
  return [
    unit === '' ? what : say(`${what}（${unit}）`, `${what} in ${unit}`),
    ...named('行业', 'trade', trades),
    ...named('位置', 'position', positions),
    ...named('危险源', 'source', sourceKinds),
    ...named('区域', 'area', areaPrefixes),
    ...named('等级', 'grade', grades),
    ...named('标签', 'tag', tags),
    ...Object.entries(rule.roles ?? {}).map(([name, { quantity }]) =>
      say(`另一传感器 \`${name}\`：${quantity}`, `another sensor \`${name}\`: ${quantity}`),
    ),
  ].join(say('；', '; '));
}

function limitTable({ rule, say, pick }: Telling): string[] {
  const row = ([name, limit]: readonly [string, Limit]): string[] => {
    const none = limit.ask ? pick(limit.ask) : say('由现场设定', 'set by the site');
    return [
      `\`${name}\``,
      figureOf(limit, { none, grade: say('等级', 'grade') }),
      unitText(limit.unit ?? rule.unit),
      limit.tighter === 'lower' ? say('越低越严', 'lower') : say('越高越严', 'higher'),
      `${limit.standard}${say('，', ', ')}${limit.clause}`,
      limit.verified ? say('是', 'yes') : say('否', 'no'),
    ];
  };
  const rows = Object.entries(rule.limits).map(row);
  const zh = ['限值', '数值', '单位', '更严方向', '依据', '已核实'];
  const en = ['limit', 'value', 'unit', 'stricter', 'from', 'verified'];
  return rows.length === 0 ? [] : [markdownTable([zh.map((word, i) => say(word, en[i] ?? '')), ...rows]), ''];
}

const weekdaysZh = '一二三四五六日';
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function scheduleWords({ say, list }: Telling, { zone, windows, holidays, onHolidays }: Schedule): string {
  const day = (number: number): string => say(`周${weekdaysZh[number - 1]}`, weekdaysEn[number - 1] ?? '');
  const times = windows.map((w) => `${list(w.days.map(day))} ${clock(w.fromMinute)}–${clock(w.toMinute)}`);
  const free =
    onHolidays === 'closed'
      ? say('；节假日不报', '; not on holidays')
      : say('；节假日全天', '; holidays all day');
  return `${times.join(say('；', '; '))} (${zone})${holidays.length === 0 ? '' : free}`;
}

function gateWords(telling: Telling, { forMs, times, schedule }: SeverityRule): string {
  const { say, span } = telling;
  const parts = forMs > 0 ? [span(forMs)] : [];
  if (times) {
    const { count, withinMs, consecutive } = times;
    const row = consecutive ? say('连续 ', 'in a row ') : '';
    parts.push(say(`${span(withinMs)}内${row}${count} 次`, `${count} times ${row}within ${span(withinMs)}`));
  }
  if (schedule) parts.push(scheduleWords(telling, schedule));
  return parts.join(say('；', '; ')) || say('立即', 'at once');
}

function severityTable(telling: Telling): string {
  const { rule, say, pick, span } = telling;
  const row = (severity: SeverityRule): string[] => {
    const { when, clear, clearForMs } = severity;
    const over = clear
      ? conditionWords(telling, clear)
      : say('条件不再成立', 'the condition no longer holds');
    const lasting = clearForMs > 0 ? say(`，持续 ${span(clearForMs)}`, `, for ${span(clearForMs)}`) : '';
    return [
      pick(severityNames[severity.severity]),
      conditionWords(telling, when),
      gateWords(telling, severity),
      over + lasting,
    ];
  };
  const head = [say('级别', 'severity'), say('条件', 'when'), say('持续', 'for'), say('解除', 'clears when')];
  return markdownTable([head, ...rule.severities.map(row)]);
}

/** What ISA-18.2 asks of an alarm, and what is said at this severity only, where the rule says it. */
const responseLines = ({ rule, say, pick, span }: Telling): string[] =>
  rule.severities.flatMap(({ severity, response, advice }) => {
    const own = advice ? [`* ${say('通知', 'Told')}${say('：', ': ')}${templateWords(pick(advice))}`] : [];
    if (!response) return own.length === 0 ? [] : [`**${pick(severityNames[severity])}**`, '', ...own, ''];
    const { consequence, cause, action, withinMs } = response;
    return [
      `**${pick(severityNames[severity])}**${say('，处置时限 ', ', act within ')}${span(withinMs)}`,
      '',
      `* ${say('后果：', 'Consequence: ')}${pick(consequence)}`,
      `* ${say('可能原因：', 'Likely cause: ')}${pick(cause)}`,
      `* ${say('措施：', 'Action: ')}${pick(action)}`,
      ...own,
      '',
    ];
  });

function silenceWords({ rule, say, pick, span }: Telling): string {
  if (!rule.silent) return say('不因失联报警。', 'Raises nothing.');
  const { afterMs, severity } = rule.silent;
  const after = afterMs === undefined ? say('三个上报周期', 'three reporting periods') : span(afterMs);
  const name = pick(severityNames[severity]);
  return say(`${after}内无读数：${name}。`, `No reading for ${after}: ${name}.`);
}

function qualityWords({ rule, say, pick }: Telling): string {
  const states = Object.entries(rule.quality).map(([state, effect]) => {
    const name = pick(qualityNames[state] ?? { zh: state, en: state });
    return `${name}${say('：', ' ')}${pick(effectWords[effect])}`;
  });
  return `${states.join(say('；', '; '))}${say('。', '.')}`;
}

/** The section of `rule` in `language`. */
export function ruleSection(rule: Rule, language: Language): string {
  const telling: Telling = { rule, ...speaker(language) };
  const { say, pick } = telling;
  const colon = say('：', ': ');
  return [
    `## ${pick(rule.title)}`,
    '',
    `\`${rule.id}\`${colon}${watchedWords(telling)}`,
    '',
    ...limitTable(telling),
    severityTable(telling),
    '',
    `**${say('怎么办', 'What to do')}**${colon}${templateWords(pick(rule.advice))}`,
    '',
    ...responseLines(telling),
    `**${say('失联', 'Silence')}**${colon}${silenceWords(telling)}`,
    '',
    `**${say('数据质量', 'Data quality')}**${colon}${qualityWords(telling)}`,
    '',
  ].join('\n');
}
