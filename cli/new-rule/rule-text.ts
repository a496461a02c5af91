/** The text of a new rule. */
import type { Level, Wish } from './wish.ts';

/** A word as it is where YAML allows it, anything else in quotes; JSON's quotes are YAML's. */
export const scalar = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9-]*( [A-Za-z0-9-]+)*$/.test(text) &&
  !/^(true|false|null|y|n|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);

const listText = (words: readonly string[]): string => `[${words.map(scalar).join(', ')}]`;

const bilingual = (zh: string, en: string): string =>
  `{ zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} }`;

function conditionsOf(
  { below, band, equals }: Wish,
  { limit }: Level,
): { readonly when: string; readonly clear?: string } {
  if (limit === undefined)
    return {
      when: typeof equals === 'string' ? `'value == ${JSON.stringify(equals)}'` : `value == ${equals}`,
    };
  const when = `value ${below ? '<=' : '>='} limits.${limit}`;
  if (band === undefined) return { when };
  return {
    when,
    clear: below ? `value > limits.${limit} + limits.band` : `value < limits.${limit} - limits.band`,
  };
}

/** What an operator needs beside the alarm (ISA-18.2); what nobody said is true of every alarm. */
function responseLines(wish: Wish): string[] {
  const zh = {
    consequence: wish.consequenceZh ?? '不及时处置可能危及人员或扩大事故',
    cause: wish.causeZh ?? '设备故障、泄漏或作业异常，以现场核实为准',
    action: wish.actionZh ?? '现场核实，危险区域内人员撤离，报告负责人',
  };
  const en = {
    consequence: wish.consequenceEn ?? 'People may be harmed, or it grows, if nobody acts',
    cause: wish.causeEn ?? 'A fault, a leak or work that went wrong: verify on site',
    action: wish.actionEn ?? 'Verify on site, bring people out of danger, tell whoever is responsible',
  };
  return [
    '    response:',
    `      consequence: ${bilingual(zh.consequence, en.consequence)}`,
    `      cause: ${bilingual(zh.cause, en.cause)}`,
    `      action: ${bilingual(zh.action, en.action)}`,
    `      within: ${wish.within}`,
  ];
}

function severityLines(wish: Wish, level: Level): string[] {
  const { when, clear } = conditionsOf(wish, level);
  return [
    `  ${level.severity}:`,
    `    when: ${when}`,
    ...(wish.for === undefined ? [] : [`    for: ${wish.for}`]),
    ...(clear === undefined ? [] : [`    clear: ${clear}`]),
    `    clearFor: ${wish.clearFor}`,
    ...responseLines(wish),
  ];
}

function limitLines({ limits, band, below }: Wish): string[] {
  if (limits.size === 0) return [];
  const tighter = below ? 'higher' : 'lower';
  const named = [...limits].map(([name, value]) => `  ${name}: { value: ${value}, tighter: ${tighter} }`);
  const dead =
    band === undefined
      ? []
      : [
          '  # A reading at the boundary must not chatter; a wider band keeps an alarm longer.',
          `  band: { value: ${band}, tighter: higher, standard: site value, clause: set by the site, verified: false }`,
        ];
  return ['limits:', ...named, ...dead];
}

function adviceOf(wish: Wish): string[] {
  const isNumber = wish.limits.size > 0;
  const zh =
    wish.adviceZh ??
    `{source} {sensor}：${wish.titleZh}，当前 {value} {unit}${isNumber ? '（限值 {limit}）' : ''}。立即现场核实并处置。`;
  const en =
    wish.adviceEn ??
    `{source}, {sensor}: ${wish.titleEn}, now {value} {unit}${isNumber ? ' (limit {limit})' : ''}. Check on site and act at once.`;
  return ['advice:', `  zh: ${JSON.stringify(zh)}`, `  en: ${JSON.stringify(en)}`];
}

/** The file of the rule that `wish` asks for. */
export function ruleText(wish: Wish): string {
  const { id, trade, quantity, position, sourceKind, silent } = wish;
  const select = [
    `quantity: ${scalar(quantity.id)}`,
    ...(position?.length ? [`position: ${listText(position)}`] : []),
    ...(sourceKind?.length ? [`sourceKind: ${listText(sourceKind)}`] : []),
  ];
  return [
    '# yaml-language-server: $schema=../rule.schema.json',
    `id: ${id}`,
    `title: ${bilingual(wish.titleZh, wish.titleEn)}`,
    `trade: ${trade}`,
    '# verified: true only after somebody has read the figure in the official text.',
    `standard: { id: ${scalar(wish.standard)}, clause: ${scalar(wish.clause)}, verified: false }`,
    `select: { ${select.join(', ')} }`,
    `unit: ${JSON.stringify(quantity.unit)}`,
    ...limitLines(wish),
    'severities:',
    ...wish.levels.flatMap((level) => severityLines(wish, level)),
    silent === 'off' ? 'silent: off' : `silent: { severity: ${silent} }`,
    'quality: { calibrating: hold, maintenance: hold }',
    'notEvaluable: yellow',
    ...adviceOf(wish),
    '',
  ].join('\n');
}
