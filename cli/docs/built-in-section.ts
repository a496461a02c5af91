/** The alerts on data that the system raises without a rule file, as one table of the page on data quality. */
import { type StandingRule, standingRules } from '../../functions/domain/alerts/standing.ts';
import { markdownTable } from './markdown.ts';
import { type Language, severityNames, speaker } from './words.ts';

/** Their rows are the standing rules themselves, so that none is forgotten. */
export function builtInSection(language: Language): string {
  const { say, pick, span } = speaker(language);
  const all: readonly (readonly [string, StandingRule])[] = Object.entries(standingRules);
  const rows = all
    .filter(([, { kind }]) => kind === 'data-quality')
    .map(([id, { title, severity, quietFor, advice }]) => [
      `\`${id}\``,
      pick(title),
      pick(severityNames[severity]),
      quietFor === undefined
        ? say('状态恢复', 'when it is over')
        : say(`${span(quietFor)}内不再发生`, `after ${span(quietFor)} without another`),
      pick(advice),
    ]);
  const head = say('规则|事件|级别|结束|措施', 'rule|what happened|severity|ends|what to do').split('|');
  return [
    say('## 系统自带（无规则文件）', '## Built in, without a rule file'),
    '',
    markdownTable([head, ...rows]),
    '',
    say(
      '`data.not-evaluable`取规则所写的级别；失联的设备、网关与链路取其下最高的级别。',
      '`data.not-evaluable` takes the severity that the rule says; a silent device, gateway or link takes the gravest of what it stands for.',
    ),
    '',
  ].join('\n');
}
