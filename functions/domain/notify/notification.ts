/** What this room knows: who hears of a transition, why, and in which words. This file: the message itself. */
import type { AlertChange, Transition } from '../alerts/alert.ts';
import type { AlertId } from '../ids.ts';
import { rfc3339 } from '../time.ts';
import type { NotifyReason } from './decide.ts';
import { readableText, shortText, subjectLine } from './text.ts';

/** Most attributes of a message: SNS hands at most 10 to an SQS subscriber with raw delivery. */
export const attributeCountMax = 10;

/** One message of the alerts topic, in every shape in which somebody receives it. */
export interface AlertMessage {
  readonly key: { readonly alertId: AlertId; readonly version: number };
  readonly change: AlertChange;
  readonly subjectLine: string;
  readonly body: string;
  readonly shortText: string;
  readonly letter: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What is published for a transition that is due. The same transition and reason give the same bytes, and
 * `alertId/version` is the envelope's id, so that receivers can drop a repeat.
 *
 * Says nothing of who did something: a message goes to many.
 */
export function notificationOf(transition: Transition, reason: NotifyReason, source: string): AlertMessage {
  const zh = readableText(transition, reason, 'zh');
  const en = readableText(transition, reason, 'en');
  return {
    key: { alertId: transition.alertId, version: transition.version },
    change: transition.change,
    subjectLine: subjectLine(transition, reason),
    body: JSON.stringify(envelopeOf(transition, reason, source, { zh, en })),
    shortText: shortText(transition, reason),
    letter: `${zh}\n\n${en}\n`,
    attributes: attributesOf(transition, reason),
  };
}

/** Filters of subscriptions read these; all are always present, `-` where there is none; several values are a JSON list. */
function attributesOf({ severity, scope, matter, drill }: Transition, reason: NotifyReason) {
  const { audience = [] } = scope;
  // A filter matches a list when it matches one of its values.
  const each = (own: string, others: readonly string[]): string => {
    const values = [...new Set([own, ...others])];
    return values.length === 1 ? own : JSON.stringify(values);
  };
  const areas = audience.map(({ area }) => area);
  const enterprises = audience.map(({ enterpriseId }) => enterpriseId);
  const trades = audience.map(({ trade }) => trade);
  return {
    severity,
    trade: each(scope.trade, trades),
    kind: matter.kind,
    area: each(scope.area, areas),
    enterpriseId: each(scope.enterpriseId, enterprises),
    reason,
    level: '0', // the escalation step; only escalation itself counts it up
    drill: String(drill),
  };
}

/** Source: CloudEvents 1.0.2 §3.1, structured JSON. */
function envelopeOf(
  transition: Transition,
  reason: NotifyReason,
  source: string,
  text: { readonly zh: string; readonly en: string },
) {
  const { by, comment, because, at, phenomenonAt, committedAt, ...rest } = transition;
  return {
    specversion: '1.0',
    id: `${transition.alertId}/${transition.version}`,
    source,
    type: `tocsin.alert.${reason}`,
    subject: `${transition.matter.ruleId}/${transition.subject.id}`,
    time: rfc3339(transition.at),
    datacontenttype: 'application/json',
    data: {
      ...rest,
      reason,
      at: rfc3339(at),
      phenomenonAt: rfc3339(phenomenonAt),
      committedAt: rfc3339(committedAt),
      text,
    },
  };
}
