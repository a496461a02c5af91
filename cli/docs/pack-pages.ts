/** The pages of a book for people: a page a trade and language, and a page that lists them. */
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { Bilingual } from '../../functions/domain/severity.ts';
import { builtInSection } from './built-in-section.ts';
import { correlationSection } from './correlation-section.ts';
import { markdownTable } from './markdown.ts';
import { ruleSection } from './rule-section.ts';
import { type Language, tradeNames } from './words.ts';

export interface Page {
  readonly name: string;
  readonly text: string;
}

const generated = '<!-- Written by `tocsin rules docs`; do not edit. -->';

/** Rules of every trade are those on data. */
const anyTrade = 'any';

function fileOf(trade: string, language: Language): string {
  const name = trade === anyTrade ? 'data' : trade;
  return language === 'en' ? `${name}.md` : `${name}.zh.md`;
}

const nameOf = (trade: string): Bilingual => tradeNames[trade] ?? { zh: trade, en: trade };

function packPage({ rules, correlations }: RuleBook, trade: string, language: Language): Page {
  const own = rules.filter((rule) => rule.trade === trade);
  const over = correlations.filter((rule) => rule.trade === trade);
  const unverified = own.some(({ limits }) => Object.values(limits).some(({ verified }) => !verified));
  const isChinese = language === 'zh';
  const name = nameOf(trade);
  const head = isChinese
    ? [`# ${name.zh}：规则`, '', `[English](${fileOf(trade, 'en')})`]
    : [`# ${name.en}: the rules`, '', `[中文](${fileOf(trade, 'zh')})`];
  const warning = isChinese
    ? '标为“未核实”（否）的限值尚无人与标准正式文本核对；采用前须按适用版本核实。'
    : 'Limits that are not verified have not been compared with the official text of the standard by anybody; do so before you rely on one.';
  const text = [
    generated,
    ...head,
    '',
    ...(unverified ? [`> ${warning}`, ''] : []),
    ...own.map((rule) => ruleSection(rule, language)),
    ...over.map((rule) => correlationSection(rule, language)),
    ...(trade === anyTrade ? [builtInSection(language)] : []),
  ].join('\n');
  return { name: fileOf(trade, language), text };
}

/** Every page of `book`, by name. */
export function packPages(book: RuleBook): Page[] {
  const all = [...book.rules, ...book.correlations];
  const trades = [...new Set(all.map(({ trade }) => trade))].sort();
  const rows = trades.map((trade) => {
    const many = all.filter((rule) => rule.trade === trade).length;
    const { zh, en } = nameOf(trade);
    return [`[${en}](${fileOf(trade, 'en')})`, `[${zh}](${fileOf(trade, 'zh')})`, String(many)];
  });
  const list = [
    generated,
    '# Packs of rules · 规则包',
    '',
    markdownTable([['pack', '规则包', 'rules'], ...rows]),
    '',
  ];
  return [
    { name: 'README.md', text: list.join('\n') },
    ...trades.flatMap((trade) => [packPage(book, trade, 'en'), packPage(book, trade, 'zh')]),
  ];
}
