/** One rule over episodes of other rules as a section of a page for people. */
import type { CorrelationRule, MemberSelection } from '../../functions/domain/rules/correlation-rule.ts';
import type { Bilingual } from '../../functions/domain/severity.ts';
import { templateWords } from './rule-section.ts';
import { type Language, type Speaker, severityNames, speaker } from './words.ts';

const subjectNames: Readonly<Record<string, Bilingual>> = {
  device: { zh: '同一设备', en: 'one device' },
  source: { zh: '同一危险源', en: 'one source' },
  site: { zh: '同一现场', en: 'one site' },
  group: { zh: '同一分组', en: 'one group' },
};

const roleNames: Readonly<Record<CorrelationRule['role'], Bilingual>> = {
  alert: { zh: '成员报警照常通知', en: 'members are notified as ever' },
  inhibit: { zh: '抑制不更严重的成员报警的通知', en: 'mutes members that are no graver' },
  'root-cause': { zh: '作为成员报警的根因', en: 'is the root cause of its members' },
};

function memberWords({ say, pick, list }: Speaker, { rules, severityMin }: MemberSelection): string {
  const grave = pick(severityNames[severityMin]);
  return `${list(rules.map((id) => `\`${id}\``))}${say(`（至少${grave}）`, ` (at least ${grave})`)}`;
}

function patternWords({ pattern, subject, withinMs }: CorrelationRule, told: Speaker): string {
  const { say, pick, span } = told;
  const within = span(withinMs);
  const at = pick(subjectNames[subject] ?? { zh: subject, en: subject });
  switch (pattern.kind) {
    case 'count': {
      const of = memberWords(told, pattern.of);
      const { count } = pattern;
      return say(
        `${at}在 ${within}内至少 ${count} 处：${of}`,
        `at ${at} at least ${count} within ${within}: ${of}`,
      );
    }
    case 'sequence': {
      const [first, then] = [memberWords(told, pattern.first), memberWords(told, pattern.then)];
      return say(
        `${at}先有 ${first}，${within}内又有 ${then}`,
        `at ${at} ${first}, and then within ${within} ${then}`,
      );
    }
    default: {
      const [first, without] = [memberWords(told, pattern.first), memberWords(told, pattern.without)];
      return say(
        `${at}有 ${first}，而 ${within}内没有 ${without}`,
        `at ${at} ${first}, and within ${within} no ${without}`,
      );
    }
  }
}

/** The section of `rule` in `language`. */
export function correlationSection(rule: CorrelationRule, language: Language): string {
  const told = speaker(language);
  const { say, pick } = told;
  const colon = say('：', ': ');
  return [
    `## ${pick(rule.title)}`,
    '',
    `\`${rule.id}\`${colon}${patternWords(rule, told)}`,
    '',
    `**${pick(severityNames[rule.severity])}**${colon}${pick(roleNames[rule.role])}`,
    '',
    `**${say('怎么办', 'What to do')}**${colon}${templateWords(pick(rule.advice))}`,
    '',
  ].join('\n');
}
