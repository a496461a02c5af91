/** What a decision record says, in words of two languages. */
import { durationText } from '../rules/duration-text.ts';

export type Language = 'en' | 'zh';

const dictionary: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  raised: ['raised', '报警'],
  'severity-up': ['severity up', '升级'],
  'severity-down': ['severity down', '降级'],
  stale: ['went stale', '失联'],
  'firing-again': ['firing again', '恢复监测，仍在报警'],
  recovered: ['recovered', '解除'],
  reading: ['a reading', '读数'],
  deadline: ['a deadline that passed', '到期仍无相反读数'],
  due: ['due', '到期'],
  silence: ['silence of the sensor', '传感器失联'],
  'hold-ended': ['the end of a hold', '保持期结束'],
  quality: ['the quality of a reading', '读数质量'],
  unknown: ['a condition that stayed unknown', '条件长期无法判断'],
  'schedule-ended': ['the end of the hours of the schedule', '时段结束'],
  'limit-changed': ['a limit that changed', '限值变更'],
  'rule-retired': ['the end of the rule', '规则废止'],
  deselected: ['the rule no longer selecting the sensor', '规则不再选择该传感器'],
  damped: ['clearFor made longer by flapping:', '因抖动延长解除时间：'],
  late: [
    'late: older than what had been evaluated; it can only raise',
    '迟到：早于已评估的读数，只能触发报警',
  ],
  held: ['held: the sensor says that it is being worked on', '保持：传感器处于标校或检修'],
  untrusted: [
    'untrusted: the clock or the order of the device is in doubt; it can only raise',
    '不可信：设备时钟或次序存疑，只能触发报警',
  ],
  'over-range': ['over range: counts as a breach', '超量程：视为超限'],
  true: ['true', '真'],
  false: ['false', '假'],
  null: ['unknown', '未知'],
  phase0: ['idle', '空闲'],
  phase1: ['pending since', '计时，自'],
  phase2: ['active since', '报警，自'],
  phase3: ['clearing since', '解除计时，自'],
  when: ['raises when', '触发条件'],
  clear: ['clears when', '解除条件'],
  clearless: ['clears when the condition above is known to be false', '上述条件确定为假时解除'],
  why: ['why', '原因'],
  because: ['because of', '起因'],
  limits: ['limits', '限值'],
  readings: ['readings', '读数'],
  timers: ['timers', '计时'],
  inputs: ['inputs', '其他输入'],
  notes: ['notes', '说明'],
  at: ['at', '时间'],
  decided: ['decided', '判定'],
  received: ['received', '接收'],
  is: ['is', '为'],
  missing: ['no value of', '缺少'],
  verified: ['verified', '已核对原文'],
  'not-verified': ['not verified', '未核对原文'],
  unset: ['not set', '未设置'],
  origin: ['from', '来源'],
  gap: ['no reading from', '无读数，自'],
  to: ['to', '至'],
  dropped: ['left out of the record, which would have been too long', '记录过长，省略'],
  same: ['the rule in the book has the version that decided', '规则集中的规则即判定时的版本'],
  'other-version': [
    'the rule has changed since; conditions are those of the book now',
    '规则已变更，以下条件取自当前规则集',
  ],
  'unknown-rule': [
    'the book has no such rule; only what was recorded can be told',
    '规则集中无此规则，仅列出记录内容',
  ],
  'built-in': ['an alert on the data of the sensor, built into the engine', '引擎内置的数据质量报警'],
  'replay-same': ['replayed: the same bytes', '重放：逐字节一致'],
  'replay-differs': [
    'replayed: something differs under this book and registration',
    '重放：在当前规则集与登记下有差异',
  ],
  'replay-impossible': ['cannot be replayed under this book and registration', '当前规则集与登记下无法重放'],
  'replay-not-tried': [
    'not replayed: give --inventory with the registration of the device',
    '未重放：请用 --inventory 提供设备登记',
  ],
  others: ['other transitions with a record', '其他有记录的变更'],
  differs: ['the condition in the book says otherwise than the record', '当前条件与记录不一致'],
  'pattern-count': ['different subjects at the same time, at least', '同时报警的不同对象，至少'],
  'pattern-sequence': ['one, and then the other', '先后发生'],
  'pattern-absence': ['one, and none of the other', '有此无彼'],
  'slot-sequence-0': ['first', '先'],
  'slot-sequence-1': ['then', '后'],
  'slot-absence-0': ['first', '有'],
  'slot-absence-1': ['without', '无'],
  counts: ['counts', '计入'],
  standing: ['and stands', '起，未解除'],
  'an-alert': ['a change of the alert', '报警变更'],
  watermark: ['time: nothing is missing before', '时间：此前数据已齐'],
  'said-before': ['what it had said before', '此前的报警'],
  linked: ['this alert stands under another one', '该报警归属于另一报警'],
  effect: ['what the rule does with this quality', '规则对此质量的处理'],
};

export type Say = (word: string) => string;

/** Words of a language; a word without an entry is a name and stays as it is. */
export const wordsOf =
  (language: Language): Say =>
  (word) =>
    dictionary[word]?.[language === 'en' ? 0 : 1] ?? word;

/** @example durationWord(90_000) // '1m30s' */
export const durationWord = (ms: number): string => durationText(ms);
