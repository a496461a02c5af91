/** What this room knows: classes, coefficients and levels of GB 18218-2018, as data. */

/** One hazard class (table 2) with its critical quantity Q in tonnes and its coefficient (table 4). */
export interface HazardClass {
  readonly symbol: string;
  readonly category: string;
  readonly criticalT: string;
  readonly beta: string;
}

/** Sources differ on J5 (category 2, or 2 and 3): most say 2, as here; not checked in the official text. */
const hazard = (symbol: string, category: string, criticalT: string, beta: string): HazardClass => ({
  symbol,
  category,
  criticalT,
  beta,
});

/** Source: GB 18218-2018 tables 2 and 4. */
export const hazardClasses: readonly HazardClass[] = [
  hazard('J1', '急性毒性: 类别1, 所有暴露途径, 气体', '5', '4'),
  hazard('J2', '急性毒性: 类别1, 所有暴露途径, 固/液体', '50', '1'),
  hazard('J3', '急性毒性: 类别2/3, 所有暴露途径, 气体', '50', '2'),
  hazard('J4', '急性毒性: 类别2/3, 吸入途径, 液体(沸点≤35℃)', '50', '2'),
  hazard('J5', '急性毒性: 类别2, 所有暴露途径, 液体(J4除外)/固体', '500', '1'),
  hazard('W1.1', '爆炸物: 不稳定爆炸物; 1.1项', '1', '2'),
  hazard('W1.2', '爆炸物: 1.2/1.3/1.5/1.6项', '10', '2'),
  hazard('W1.3', '爆炸物: 1.4项', '50', '2'),
  hazard('W2', '易燃气体: 类别1/2', '10', '1.5'),
  hazard('W3', '气溶胶: 类别1/2 (净重)', '150', '1'),
  hazard('W4', '氧化性气体: 类别1', '50', '1'),
  hazard('W5.1', '易燃液体: 类别1; 或类别2/3且工作温度高于沸点', '10', '1.5'),
  hazard(
    'W5.2',
    '易燃液体: 类别2/3, 有引发重大事故的特殊工艺条件(危险化工工艺/爆炸极限范围或附近操作/操作压力>1.6MPa等)',
    '50',
    '1',
  ),
  hazard('W5.3', '易燃液体: 其他类别2', '1000', '1'),
  hazard('W5.4', '易燃液体: 其他类别3', '5000', '1'),
  hazard('W6.1', '自反应物质和混合物: A/B型', '10', '1.5'),
  hazard('W6.2', '自反应物质和混合物: C/D/E型', '50', '1'),
  hazard('W7.1', '有机过氧化物: A/B型', '10', '1.5'),
  hazard('W7.2', '有机过氧化物: C/D/E/F型', '50', '1'),
  hazard('W8', '自燃液体/自燃固体: 类别1', '50', '1'),
  hazard('W9.1', '氧化性固体/液体: 类别1', '50', '1'),
  hazard('W9.2', '氧化性固体/液体: 类别2/3', '200', '1'),
  hazard('W10', '易燃固体: 类别1', '200', '1'),
  hazard('W11', '遇水放出易燃气体: 类别1/2', '200', '1'),
];

/** Rows of table 1, the named substances. */
export const namedSubstanceCount = 85;
