/** What this room knows: who hears of a transition, why, and in which words. This file: the words for codes. */
import type { Condition } from '../rules/transition.ts';
import type { Bilingual, Severity, Trade } from '../severity.ts';
import type { NotifyReason } from './decide.ts';

export const severityWords: Readonly<Record<Severity, Bilingual>> = {
  signal: { zh: '提示', en: 'SIGNAL' },
  blue: { zh: '蓝色', en: 'BLUE' },
  yellow: { zh: '黄色', en: 'YELLOW' },
  orange: { zh: '橙色', en: 'ORANGE' },
  red: { zh: '红色', en: 'RED' },
};

export const reasonWords: Readonly<Record<NotifyReason, Bilingual>> = {
  first: { zh: '新告警', en: 'new alert' },
  occurrence: { zh: '再次发生', en: 'happened again' },
  'severity-up': { zh: '级别升高', en: 'more severe' },
  'severity-down': { zh: '级别降低', en: 'less severe' },
  stale: { zh: '失去可靠数据，不代表正常', en: 'no reliable data, which does not mean normal' },
  'firing-again': { zh: '数据恢复，仍在告警', en: 'data is back and the matter still stands' },
  recovered: { zh: '已恢复', en: 'recovered' },
  closed: { zh: '已关闭', en: 'closed' },
  'inhibition-ended': {
    zh: '上级告警已结束，本告警仍在持续',
    en: 'the graver alert is over and this one still stands',
  },
  restored: { zh: '数据恢复后的当前状态', en: 'how it stands after a restore of the system' },
};

export const conditionWords: Readonly<Record<Condition, Bilingual>> = {
  firing: { zh: '正在告警', en: 'firing' },
  recovered: { zh: '已恢复', en: 'recovered' },
  stale: { zh: '数据中断', en: 'stale' },
};

export const tradeWords: Readonly<Record<Trade | '-', Bilingual>> = {
  'coal-mine': { zh: '煤矿', en: 'coal mine' },
  gas: { zh: '燃气', en: 'gas' },
  chemical: { zh: '危化品', en: 'hazardous chemicals' },
  construction: { zh: '建筑施工', en: 'construction' },
  transport: { zh: '运输', en: 'transport' },
  '-': { zh: '-', en: '-' },
};

/** Stands first in every text of an exercise. */
export const drillWords: Bilingual = { zh: '【演练】', en: 'DRILL ' };
