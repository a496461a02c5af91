/** What this room knows: the tables of GB 18218-2018, identification of major hazard sources, as data. */

/** The standard and the clauses that the tables below restate; figures are tonnes as decimals. */
export const standard = 'GB 18218-2018';

/** One named substance (table 1): its row, names, CAS numbers and critical quantity Q in tonnes. */
export interface NamedSubstance {
  readonly row: number;
  readonly zh: string;
  readonly en: string;
  /** Not a key: several rows share one, some rows have none, some have several. */
  readonly cas: readonly string[];
  readonly criticalT: string;
}

// Pure, so that a function that grades nothing is bundled without the table.
/* @__NO_SIDE_EFFECTS__ */ const named = (
  row: number,
  zh: string,
  en: string,
  cas: readonly string[],
  criticalT: string,
): NamedSubstance => ({ row, zh, en, cas, criticalT });

/** Source: GB 18218-2018 table 1. */
export const namedSubstances: readonly NamedSubstance[] = [
  named(1, '氨', 'ammonia', ['7664-41-7'], '10'),
  named(2, '二氟化氧', 'oxygen difluoride', ['7783-41-7'], '1'),
  named(3, '二氧化氮', 'nitrogen dioxide', ['10102-44-0'], '1'),
  named(4, '二氧化硫', 'sulfur dioxide', ['7446-09-5'], '20'),
  named(5, '氟', 'fluorine', ['7782-41-4'], '1'),
  named(6, '碳酰氯(光气)', 'phosgene', ['75-44-5'], '0.3'),
  named(7, '环氧乙烷', 'ethylene oxide', ['75-21-8'], '10'),
  named(8, '甲醛(含量>90%)', 'formaldehyde >90%', ['50-00-0'], '5'),
  named(9, '磷化氢', 'phosphine', ['7803-51-2'], '1'),
  named(10, '硫化氢', 'hydrogen sulfide', ['7783-06-4'], '5'),
  named(11, '氯化氢(无水)', 'hydrogen chloride, anhydrous', ['7647-01-0'], '20'),
  named(12, '氯', 'chlorine', ['7782-50-5'], '5'),
  named(13, '煤气(CO, CO与H2/CH4混合物等)', 'manufactured (coal) gas', [], '20'),
  named(14, '砷化氢', 'arsine', ['7784-42-1'], '1'),
  named(15, '锑化氢', 'stibine', ['7803-52-3'], '1'),
  named(16, '硒化氢', 'hydrogen selenide', ['7783-07-5'], '1'),
  named(17, '溴甲烷', 'methyl bromide', ['74-83-9'], '10'),
  named(18, '丙酮氰醇', 'acetone cyanohydrin', ['75-86-5'], '20'),
  named(19, '丙烯醛', 'acrolein', ['107-02-8'], '20'),
  named(20, '氟化氢', 'hydrogen fluoride', ['7664-39-3'], '1'),
  named(21, '1-氯-2,3-环氧丙烷(环氧氯丙烷)', 'epichlorohydrin', ['106-89-8'], '20'),
  named(22, '3-溴-1,2-环氧丙烷', 'epibromohydrin', ['3132-64-7'], '20'),
  named(23, '甲苯二异氰酸酯(TDI)', 'toluene diisocyanate', ['26471-62-5'], '100'),
  named(24, '一氯化硫', 'sulfur monochloride', ['10025-67-9'], '1'),
  named(25, '氰化氢', 'hydrogen cyanide', ['74-90-8'], '1'),
  named(26, '三氧化硫', 'sulfur trioxide', ['7446-11-9'], '75'),
  named(27, '3-氨基丙烯(烯丙胺)', 'allylamine', ['107-11-9'], '20'),
  named(28, '溴', 'bromine', ['7726-95-6'], '20'),
  named(29, '乙撑亚胺', 'ethyleneimine', ['151-56-4'], '20'),
  named(30, '异氰酸甲酯', 'methyl isocyanate', ['624-83-9'], '0.75'),
  named(31, '叠氮化钡', 'barium azide', ['18810-58-7'], '0.5'),
  named(32, '叠氮化铅', 'lead azide', ['13424-46-9'], '0.5'),
  named(33, '雷汞', 'mercury fulminate', ['628-86-4'], '0.5'),
  named(34, '三硝基苯甲醚', 'trinitroanisole', ['28653-16-9'], '5'),
  named(35, '2,4,6-三硝基甲苯(TNT)', 'TNT', ['118-96-7'], '5'),
  named(36, '硝化甘油', 'nitroglycerin', ['55-63-0'], '1'),
  named(
    37,
    '硝化纤维素[干的或含水/乙醇<25%]',
    'nitrocellulose, dry or <25% water/ethanol',
    ['9004-70-0'],
    '1',
  ),
  named(
    38,
    '硝化纤维素(未改型, 或增塑, 增塑剂<18%)',
    'nitrocellulose, unmodified or <18% plasticiser',
    ['9004-70-0'],
    '1',
  ),
  named(39, '硝化纤维素(含乙醇≥25%)', 'nitrocellulose, ethanol >=25%', ['9004-70-0'], '10'),
  named(40, '硝化纤维素(含氮≤12.6%)', 'nitrocellulose, N <=12.6%', ['9004-70-0'], '50'),
  named(41, '硝化纤维素(含水≥25%)', 'nitrocellulose, water >=25%', ['9004-70-0'], '50'),
  named(42, '硝化纤维素溶液(含氮≤12.6%, 含硝化纤维素≤55%)', 'nitrocellulose solution', ['9004-70-0'], '50'),
  named(43, '硝酸铵(可燃物>0.2%)', 'ammonium nitrate, combustibles >0.2%', ['6484-52-2'], '5'),
  named(44, '硝酸铵(可燃物≤0.2%)', 'ammonium nitrate, combustibles <=0.2%', ['6484-52-2'], '50'),
  named(45, '硝酸铵肥料(可燃物≤0.4%)', 'ammonium nitrate fertiliser', [], '200'),
  named(46, '硝酸钾', 'potassium nitrate', ['7757-79-1'], '1000'),
  named(47, '1,3-丁二烯', '1,3-butadiene', ['106-99-0'], '5'),
  named(48, '二甲醚', 'dimethyl ether', ['115-10-6'], '50'),
  named(49, '甲烷, 天然气', 'methane / natural gas', ['74-82-8', '8006-14-2'], '50'),
  named(50, '氯乙烯', 'vinyl chloride', ['75-01-4'], '50'),
  named(51, '氢', 'hydrogen', ['1333-74-0'], '5'),
  named(52, '液化石油气(丙烷/丁烷及混合物)', 'LPG', ['68476-85-7', '74-98-6', '106-97-8'], '50'),
  named(53, '一甲胺', 'methylamine', ['74-89-5'], '5'),
  named(54, '乙炔', 'acetylene', ['74-86-2'], '1'),
  named(55, '乙烯', 'ethylene', ['74-85-1'], '50'),
  named(56, '氧(压缩或液化)', 'oxygen, compressed/liquefied', ['7782-44-7'], '200'),
  named(57, '苯', 'benzene', ['71-43-2'], '50'),
  named(58, '苯乙烯', 'styrene', ['100-42-5'], '500'),
  named(59, '丙酮', 'acetone', ['67-64-1'], '500'),
  named(60, '2-丙烯腈', 'acrylonitrile', ['107-13-1'], '50'),
  named(61, '二硫化碳', 'carbon disulfide', ['75-15-0'], '50'),
  named(62, '环己烷', 'cyclohexane', ['110-82-7'], '500'),
  named(63, '1,2-环氧丙烷', 'propylene oxide', ['75-56-9'], '10'),
  named(64, '甲苯', 'toluene', ['108-88-3'], '500'),
  named(65, '甲醇', 'methanol', ['67-56-1'], '500'),
  named(66, '汽油(乙醇汽油/甲醇汽油)', 'gasoline incl. blends', ['86290-81-5'], '200'),
  named(67, '乙醇', 'ethanol', ['64-17-5'], '500'),
  named(68, '乙醚', 'diethyl ether', ['60-29-7'], '10'),
  named(69, '乙酸乙酯', 'ethyl acetate', ['141-78-6'], '500'),
  named(70, '正己烷', 'n-hexane', ['110-54-3'], '500'),
  named(71, '过乙酸', 'peracetic acid', ['79-21-0'], '10'),
  named(72, '过氧化甲基乙基酮(10%<有效氧≤10.7%, A型稀释剂≥48%)', 'MEK peroxide', ['1338-23-4'], '10'),
  named(73, '白磷', 'white phosphorus', ['12185-10-3'], '50'),
  named(74, '烷基铝', 'aluminium alkyls', [], '1'),
  named(75, '戊硼烷', 'pentaborane', ['19624-22-7'], '1'),
  named(76, '过氧化钾', 'potassium peroxide', ['17014-71-0'], '20'),
  named(77, '过氧化钠', 'sodium peroxide', ['1313-60-6'], '20'),
  named(78, '氯酸钾', 'potassium chlorate', ['3811-04-9'], '100'),
  named(79, '氯酸钠', 'sodium chlorate', ['7775-09-9'], '100'),
  named(80, '发烟硝酸', 'fuming nitric acid', ['52583-42-3'], '20'),
  named(81, '硝酸(发红烟的除外, >70%)', 'nitric acid >70%, not red fuming', ['7697-37-2'], '100'),
  named(82, '硝酸胍', 'guanidine nitrate', ['506-93-4'], '50'),
  named(83, '碳化钙', 'calcium carbide', ['75-20-7'], '100'),
  named(84, '钾', 'potassium', ['7440-09-7'], '1'),
  named(85, '钠', 'sodium', ['7440-23-5'], '10'),
];

/**
 * Coefficients by name (table 3), by row of table 1. Row 13 holds coal gas and carbon monoxide; the
 * coefficient is carbon monoxide's alone. Source: GB 18218-2018 table 3.
 */
export const toxicGasBeta: Readonly<Record<number, string>> = {
  13: '2',
  4: '2',
  1: '2',
  7: '2',
  11: '3',
  17: '3',
  12: '4',
  10: '5',
  20: '5',
  3: '10',
  25: '10',
  6: '20',
  9: '20',
  30: '20',
};

/** Names in common use, each of exactly one row; what depends on a concentration is not among them. */
export const otherNames: Readonly<Record<string, number>> = {
  液氨: 1,
  氨气: 1,
  光气: 6,
  碳酰氯: 6,
  液氯: 12,
  氯气: 12,
  煤气: 13,
  一氧化碳: 13,
  'carbon monoxide': 13,
  CO: 13,
  环氧氯丙烷: 21,
  TDI: 23,
  烯丙胺: 27,
  TNT: 35,
  甲烷: 49,
  天然气: 49,
  methane: 49,
  'natural gas': 49,
  LNG: 49,
  氢气: 51,
  液化石油气: 52,
  丙烷: 52,
  丁烷: 52,
  汽油: 66,
  gasoline: 66,
  白磷: 73,
  黄磷: 73,
  电石: 83,
};
