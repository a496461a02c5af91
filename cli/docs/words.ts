/** Words of the pages for people, in both languages. */
import type { QualityEffect } from '../../functions/domain/rules/book.ts';
import type { WindowFunction } from '../../functions/domain/rules/expression.ts';
import type { Bilingual, Severity } from '../../functions/domain/severity.ts';

export type Language = 'zh' | 'en';

/** Names of trades; `any` is data quality, whatever the trade. */
export const tradeNames: Readonly<Record<string, Bilingual>> = {
  'coal-mine': { zh: '煤矿', en: 'Coal mine' },
  gas: { zh: '城镇燃气', en: 'City gas' },
  chemical: { zh: '危险化学品', en: 'Hazardous chemicals' },
  construction: { zh: '建筑施工', en: 'Construction' },
  transport: { zh: '交通运输', en: 'Transport' },
  any: { zh: '数据质量', en: 'Data quality' },
};

export const severityNames: Readonly<Record<Severity, Bilingual>> = {
  signal: { zh: '信号（仅记录）', en: 'signal (recorded only)' },
  blue: { zh: '蓝色（四级）', en: 'blue (IV)' },
  yellow: { zh: '黄色（三级）', en: 'yellow (III)' },
  orange: { zh: '橙色（二级）', en: 'orange (II)' },
  red: { zh: '红色（一级）', en: 'red (I)' },
};

export const effectWords: Readonly<Record<QualityEffect, Bilingual>> = {
  raise: { zh: '报警', en: 'raises' },
  stale: { zh: '视为失联', en: 'makes it stale' },
  hold: { zh: '暂缓（红色除外）', en: 'holds back, red excepted' },
  ignore: { zh: '忽略', en: 'is ignored' },
  unknown: { zh: '视为未知', en: 'counts as unknown' },
};

export const qualityNames: Readonly<Record<string, Bilingual>> = {
  calibrating: { zh: '标校中', en: 'calibrating' },
  maintenance: { zh: '维护中', en: 'maintenance' },
  fault: { zh: '故障', en: 'fault' },
  'over-range': { zh: '超量程', en: 'over range' },
  unknown: { zh: '不明状态', en: 'unknown state' },
};

export const windowNames: Readonly<Record<WindowFunction, Bilingual>> = {
  avg: { zh: '平均值', en: 'average' },
  twa: { zh: '时间加权平均值', en: 'time-weighted average' },
  min: { zh: '最小值', en: 'least value' },
  max: { zh: '最大值', en: 'greatest value' },
  count: { zh: '读数个数', en: 'number of readings' },
  stddev: { zh: '标准差', en: 'standard deviation' },
  delta: { zh: '变化量', en: 'change' },
  rate: { zh: '变化率', en: 'rate of change' },
};

/** What conditions may name, where the name is no sensor and no limit. */
export const inputNames: Readonly<Record<string, Bilingual>> = {
  value: { zh: '数值', en: 'value' },
  quality: { zh: '质量状态', en: 'quality' },
  mode: { zh: '运行模式', en: 'mode' },
  'range.min': { zh: '量程下限', en: 'lower end of the measuring range' },
  'range.max': { zh: '量程上限', en: 'upper end of the measuring range' },
  'source.grade': { zh: '危险源等级', en: 'grade of the source' },
  'source.kind': { zh: '危险源类型', en: 'kind of the source' },
  'source.area': { zh: '危险源所在区域', en: 'area of the source' },
  'peer.value': { zh: '其数值', en: 'its value' },
  'peer.quality': { zh: '其质量状态', en: 'its quality' },
};

/** UCUM codes as people write them. */
const unitNames: Readonly<Record<string, string>> = {
  '%{vol}': '% vol',
  '%{LEL}': '%LEL',
  'mg/m3': 'mg/m³',
  'ug/m3': 'µg/m³',
  'm3/h': 'm³/h',
  '[ppm]': 'ppm',
  Cel: '°C',
  '1': '',
};

export const unitText = (unit: string): string => unitNames[unit] ?? unit;

const durationUnits = [
  [86_400_000, '天', 'd'],
  [3_600_000, '小时', 'h'],
  [60_000, '分钟', 'min'],
  [1_000, '秒', 's'],
  [1, '毫秒', 'ms'],
] as const;

/** @example durationWords(5_400_000, 'en') // '1 h 30 min' */
export function durationWords(ms: number, language: Language): string {
  let rest = ms;
  const parts: string[] = [];
  for (const [size, zh, en] of durationUnits) {
    const many = Math.floor(rest / size);
    rest -= many * size;
    if (many > 0) parts.push(`${many} ${language === 'zh' ? zh : en}`);
  }
  return parts.join(' ') || (language === 'zh' ? '0 秒' : '0 s');
}

/** Says things in one language. */
export interface Speaker {
  readonly say: (zh: string, en: string) => string;
  readonly pick: (text: Bilingual) => string;
  readonly span: (ms: number) => string;
  readonly list: (words: readonly unknown[]) => string;
}

export function speaker(language: Language): Speaker {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return {
    say,
    pick: ({ zh, en }) => say(zh, en),
    span: (ms) => durationWords(ms, language),
    list: (words) => words.map(String).join(say('、', ', ')),
  };
}
