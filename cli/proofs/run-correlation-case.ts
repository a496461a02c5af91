/** One case of a correlation's proof over the code that runs in the cloud. */
import { sensorSubject } from '../../functions/domain/alerts/belonging.ts';
import { DeviceId, RuleId, SensorId } from '../../functions/domain/ids.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { createCorrelator, type GivenVerdict } from '../correlate/correlator.ts';
import { durationText } from '../rules/duration-text.ts';
import { compare, holds, lineText } from './compare.ts';
import type { AlertInProof, CorrelationCase } from './correlation-proof.ts';
import type { Came } from './run-case.ts';

/** Time of the first step: any that leaves room before it. */
const startAt = Date.UTC(2026, 0, 1);
/** Whatever is to be said has been said once the watermark lies behind it. Milliseconds. */
const afterMs = 1_000;

/** Something that happens to an alert of the case, and when it comes. */
interface Happening {
  readonly comesAt: number;
  readonly at: number;
  readonly alert: AlertInProof;
  readonly condition: 'firing' | 'recovered';
}

function happenings({ alerts }: CorrelationCase): readonly Happening[] {
  return alerts
    .flatMap((alert): Happening[] => {
      const { from, to, late = 0 } = alert;
      const raised: Happening = { comesAt: from + late, at: from, alert, condition: 'firing' };
      return to === undefined
        ? [raised]
        : [raised, { comesAt: to + late, at: to, alert, condition: 'recovered' }];
    })
    .sort((a, b) => a.comesAt - b.comesAt);
}

function verdictOf({ comesAt, at, alert, condition }: Happening, rule: CorrelationRule): GivenVerdict {
  const { place = 'a', sensor, severity } = alert;
  const own = { zh: alert.rule, en: alert.rule };
  const deviceId = DeviceId.parse(`device-${place}`);
  return {
    matter: {
      ruleId: RuleId.parse(alert.rule),
      ruleVersion: '-',
      kind: rule.kind,
      title: own,
      advice: own,
      unit: '',
    },
    subject: sensorSubject(deviceId, SensorId.parse(sensor)),
    scope: {
      area: '-',
      enterpriseId: '-',
      siteId: `site-${place}`,
      sourceId: `source-${place}`,
      trade: rule.trade,
      deviceId,
      tags: [`${rule.groupTagPrefix ?? ''}${place}`],
    },
    draft: {
      change: condition === 'recovered' ? 'recovered' : 'raised',
      condition,
      severity,
      phenomenonAt: instant(startAt + at),
      at: instant(startAt + comesAt),
      value: undefined,
      marks: [],
      because: '',
    },
  };
}

const endOf = (rule: CorrelationRule, { until }: CorrelationCase, all: readonly Happening[]): Instant => {
  const last = Math.max(...all.map(({ comesAt }) => comesAt));
  return instant(startAt + (until ?? last + rule.withinMs + rule.clearForMs) + afterMs);
};

/** Every transition that the alerts of `one` bring about, in the order in which they came. */
export function runCorrelationCase(rule: CorrelationRule, one: CorrelationCase): readonly Came[] {
  const came: Came[] = [];
  const correlator = createCorrelator([rule], ({ verdict }) =>
    came.push({
      at: verdict.phenomenonAt - startAt,
      change: verdict.change,
      severity: verdict.severity,
      condition: verdict.change === 'recovered' ? 'recovered' : 'firing',
      trigger: 'correlation',
      marks: verdict.marks,
      rule: rule.id,
    }),
  );
  const all = happenings(one);
  for (const happening of all) {
    correlator.advance(instant(startAt + happening.comesAt));
    correlator.take(verdictOf(happening, rule));
  }
  correlator.advance(endOf(rule, one, all));
  return came;
}

const happeningText = ({ at, comesAt, alert, condition }: Happening): string => {
  const late = comesAt > at ? `, came ${durationText(comesAt - at)} later` : '';
  const place = alert.place === undefined ? '' : ` at ${alert.place}`;
  return `${alert.rule} on ${alert.sensor}${place}: ${condition === 'recovered' ? 'recovered' : alert.severity}${late}`;
};

/** The case with its alerts and transitions, one instant a line. */
export function correlationTimeline(
  rule: CorrelationRule,
  one: CorrelationCase,
  came: readonly Came[],
): string {
  const lines = compare(rule.id, one, came);
  const rows = [
    ...happenings(one).map((happening) => ({ at: happening.at, text: happeningText(happening) })),
    ...lines.map((line) => ({ at: line.at, text: `            ${lineText(line)}` })),
  ].sort((a, b) => a.at - b.at);
  return [
    `${holds(lines) ? 'ok  ' : 'FAIL'} ${rule.id}: ${one.name}`,
    ...rows.map(({ at, text }) => `${durationText(at).padStart(12)}  ${text}`),
  ].join('\n');
}
