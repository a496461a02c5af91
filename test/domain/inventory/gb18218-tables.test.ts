import { Chemical } from '../../../functions/domain/inventory/chemical.ts';
import { hazardClasses, namedSubstanceCount } from '../../../functions/domain/inventory/gb18218-classes.ts';
import {
  namedSubstances,
  otherNames,
  standard,
  toxicGasBeta,
} from '../../../functions/domain/inventory/gb18218-substances.ts';
import { identify } from '../../../functions/domain/inventory/identify.ts';
import { classes, table3 } from './gb18218-classes-figures.ts';
import { table1 } from './gb18218-figures.ts';

test('the standard is named with its year', () => {
  expect(standard).toBe('GB 18218-2018');
});

test('table 1 holds each substance with its names, CAS numbers and critical quantity', () => {
  expect(namedSubstanceCount).toBe(85);
  expect(namedSubstances).toStrictEqual(
    table1.map(([row, zh, en, cas, criticalT]) => ({ row, zh, en, cas, criticalT })),
  );
});

test('tables 2 and 4 hold each class with its critical quantity and coefficient', () => {
  expect(hazardClasses).toStrictEqual(
    classes.map(([symbol, category, criticalT, beta]) => ({ symbol, category, criticalT, beta })),
  );
});

test('table 3 holds the coefficients of the toxic gases by row of table 1', () => {
  expect(toxicGasBeta).toStrictEqual({
    ...{ 1: '2', 3: '10', 4: '2', 6: '20', 7: '2', 9: '20', 10: '5', 11: '3', 12: '4', 13: '2' },
    ...{ 17: '3', 20: '5', 25: '10', 30: '20' },
  });
});

test.each(table3)('%s has coefficient %s by its name alone', (name, beta) => {
  // Table 1 calls one of them by a longer name.
  const chemical = Chemical.parse({ name: name === '氯化氢' ? '氯化氢(无水)' : name, designMaxT: '1' });
  const found = identify(chemical);
  expect(found.ok && found.identified.beta?.toString()).toBe(beta);
});

test('the names in common use belong to these rows', () => {
  expect(otherNames).toStrictEqual({
    ...{ 液氨: 1, 氨气: 1, 光气: 6, 碳酰氯: 6, 液氯: 12, 氯气: 12 },
    ...{ 煤气: 13, 一氧化碳: 13, 'carbon monoxide': 13, CO: 13 },
    ...{ 环氧氯丙烷: 21, TDI: 23, 烯丙胺: 27, TNT: 35 },
    ...{ 甲烷: 49, 天然气: 49, methane: 49, 'natural gas': 49, LNG: 49 },
    ...{ 氢气: 51, 液化石油气: 52, 丙烷: 52, 丁烷: 52, 汽油: 66, gasoline: 66 },
    ...{ 白磷: 73, 黄磷: 73, 电石: 83 },
  });
});
