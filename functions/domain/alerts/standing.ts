/** What this room knows: the alerts that no rule file raises (design 3), with their fixed ids. */
import { RuleId } from '../ids.ts';
import type { AlertKind, Bilingual, Severity } from '../severity.ts';
import { type DurationMs, minutes } from '../time.ts';
import type { Matter } from './alert.ts';

export interface StandingRule {
  readonly kind: AlertKind;
  readonly severity: Severity;
  /** Without another event for so long it recovers; absent: something else says when it is over. */
  readonly quietFor?: DurationMs;
  readonly title: Bilingual;
  readonly advice: Bilingual;
}

const quietFor = minutes(10);

export const standingRules = {
  'security.identity-mismatch': {
    kind: 'security',
    severity: 'orange',
    quietFor,
    title: { zh: '设备身份不符', en: 'Device identity mismatch' },
    advice: {
      zh: '核查该设备的证书与接线，必要时吊销证书',
      en: 'Check the certificate and wiring of this device; revoke the certificate if in doubt',
    },
  },
  'data.conflict': {
    kind: 'data-quality',
    severity: 'yellow',
    quietFor,
    title: { zh: '同一序号的报文内容不同', en: 'Two different messages with one sequence number' },
    advice: {
      zh: '检查设备是否被克隆或固件异常',
      en: 'Check whether the device was cloned or its firmware is faulty',
    },
  },
  'data.sequence-reset': {
    kind: 'data-quality',
    severity: 'blue',
    quietFor,
    title: { zh: '报文序号未经重启而回退', en: 'Sequence went back without a new boot' },
    advice: { zh: '检查设备的启动标识', en: 'Check how the device sets its boot id' },
  },
  'data.clock-suspect': {
    kind: 'data-quality',
    severity: 'blue',
    quietFor,
    title: { zh: '设备时钟可疑', en: 'Device clock is suspect' },
    advice: { zh: '校准设备时钟', en: 'Set the clock of the device' },
  },
  'data.device-silent': {
    kind: 'data-quality',
    severity: 'yellow',
    title: { zh: '设备失联', en: 'Device is silent' },
    advice: {
      zh: '检查设备的供电与通信；恢复之前，其监测对象视为无人监测',
      en: 'Check power and link of the device; until it is back, treat what it watches as unwatched',
    },
  },
  'data.gateway-silent': {
    kind: 'data-quality',
    severity: 'yellow',
    title: { zh: '网关失联', en: 'Gateway is silent' },
    advice: {
      zh: '检查网关或分站的供电与通信；恢复之前，其下设备的监测对象视为无人监测',
      en: 'Check power and link of the gateway or substation; until it is back, treat what its devices watch as unwatched',
    },
  },
  'data.link': {
    kind: 'data-quality',
    severity: 'orange',
    title: { zh: '大量设备同时失联', en: 'Many devices are silent at once' },
    advice: {
      zh: '检查通信链路与供电；恢复之前对相关对象启用人工巡检',
      en: 'Check the communication link and the power; until it is back, watch by manual rounds',
    },
  },
  'data.fault': {
    kind: 'data-quality',
    severity: 'yellow',
    title: { zh: '传感器故障', en: 'Sensor fault' },
    advice: { zh: '检修或更换传感器', en: 'Repair or replace the sensor' },
  },
  'data.not-evaluable': {
    kind: 'data-quality',
    severity: 'yellow',
    title: { zh: '规则无法判定', en: 'A rule cannot be evaluated' },
    advice: { zh: '检查传感器数据与规则参数', en: 'Check what the sensor sends and what the rule needs' },
  },
  'system.telemetry-delayed': {
    kind: 'system',
    severity: 'red',
    title: {
      zh: '遥测延迟，城市处于无人监测状态',
      en: 'Telemetry is delayed: the city is not being watched',
    },
    advice: {
      zh: '立即启用人工巡检，并通知平台运维',
      en: 'Start manual rounds at once and call the operators of the platform',
    },
  },
} as const satisfies Record<string, StandingRule>;

export type StandingRuleId = keyof typeof standingRules;

/** Root causes of silence: they end when signs of life are back, and each looks for them by itself. */
export const rootRuleIds = ['data.device-silent', 'data.gateway-silent', 'data.link'] as const;
export type RootRuleId = (typeof rootRuleIds)[number];

export const isRoot = (ruleId: StandingRuleId): ruleId is RootRuleId =>
  rootRuleIds.some((one) => one === ruleId);

/** Version that stands in a transition for rules that have no file. */
export const standingVersion = 'built-in';

export const isStanding = (ruleId: string): ruleId is StandingRuleId => Object.hasOwn(standingRules, ruleId);

/** What the alert of a standing rule says about itself. */
export function standingMatter(ruleId: StandingRuleId): Matter {
  const rule: StandingRule = standingRules[ruleId];
  return {
    ruleId: RuleId.parse(ruleId),
    ruleVersion: standingVersion,
    kind: rule.kind,
    title: rule.title,
    advice: rule.advice,
    unit: '',
  };
}
