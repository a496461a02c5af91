import type { Alert, Transition } from '../domain/alerts/alert.ts';
import { matterOf, scopeOf, sensorSubject } from '../domain/alerts/belonging.ts';
import { applyDraft } from '../domain/alerts/from-rules.ts';
import type { AlertId, RuleId } from '../domain/ids.ts';
import type { Rule } from '../domain/rules/book.ts';
import type { TransitionDraft } from '../domain/rules/transition.ts';
import type { DeviceRegistration } from '../domain/telemetry/registration.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertWrite } from './ports/alerts.ts';

/** Which alert a (rule, sensor) has now: goes back into the twin as a hint. */
export interface Hint {
  readonly ruleId: RuleId;
  readonly sensorId: string;
  readonly alertId: AlertId;
  readonly alertVersion: number;
}

export interface Plan {
  readonly writes: readonly AlertWrite[];
  readonly hints: readonly Hint[];
}

export interface PlanContext {
  readonly registration: DeviceRegistration;
  readonly ruleOf: (ruleId: RuleId) => Rule | undefined;
  /** The alert that the twin's hint names, as it stands now; people may have moved it on. */
  readonly alertOf: (ruleId: RuleId, sensorId: string) => Alert | undefined;
  readonly stateVersion: number;
  readonly now: Instant;
  readonly causeOf?: CauseOf | undefined;
}

/** The alert of a verdict's root cause; undefined when it has none. */
export type CauseOf = (draft: TransitionDraft) => AlertId | undefined;

interface Growing {
  readonly before: Alert | undefined;
  after: Alert;
  readonly transitions: Transition[];
}

/** The alerts that a device's verdicts open and change, numbered, in order. Pure. */
export function planAlerts(drafts: readonly TransitionDraft[], context: PlanContext): Plan {
  const byMatter = new Map<string, { readonly draft: TransitionDraft; current: Alert | undefined }>();
  const writes = new Map<AlertId, Growing>();
  for (const draft of drafts) {
    const key = `${draft.ruleId}#${draft.sensorId}`;
    const matter = byMatter.get(key) ?? { draft, current: context.alertOf(draft.ruleId, draft.sensorId) };
    byMatter.set(key, matter);
    const changed = applyDraft(matter.current, draft, belongingOf(draft, matter.current, context));
    if (changed === undefined) continue;
    const { alert, transition } = changed;
    const growing = writes.get(alert.alertId) ?? {
      before: matter.current?.alertId === alert.alertId ? matter.current : undefined,
      after: alert,
      transitions: [],
    };
    growing.after = alert;
    growing.transitions.push(transition);
    writes.set(alert.alertId, growing);
    matter.current = alert;
  }
  const hints = [...byMatter.values()].flatMap(({ draft, current }) =>
    current === undefined ? [] : [hintOf(draft, current)],
  );
  return { writes: [...writes.values()], hints };
}

const hintOf = ({ ruleId, sensorId }: TransitionDraft, { alertId, version }: Alert): Hint => ({
  ruleId,
  sensorId,
  alertId,
  alertVersion: version,
});

/** All its limits are stricter the higher they are: what lies below them is the breach. */
function firesBelow(rule: Rule | undefined): boolean {
  const limits = Object.values(rule?.limits ?? {});
  return limits.length > 0 && limits.every(({ tighter }) => tighter === 'higher');
}

function belongingOf(
  draft: TransitionDraft,
  current: Alert | undefined,
  { registration, ruleOf, stateVersion, now, causeOf }: PlanContext,
) {
  const sensor = registration.sensors.find((one) => one.sensorId === draft.sensorId);
  // Nothing was measured that advice could speak of, and a retired rule is no longer in the book: the words stay.
  const isEnd = draft.trigger === 'rule-retired' || draft.trigger === 'deselected';
  const said = isEnd ? current?.matter : undefined;
  return {
    matter: said ?? matterOf(ruleOf(draft.ruleId), draft, sensor),
    subject: sensorSubject(registration.deviceId, draft.sensorId),
    scope: scopeOf(registration, draft.sensorId),
    stateVersion,
    committedAt: now,
    isLowGraver: firesBelow(ruleOf(draft.ruleId)),
    cause: causeOf?.(draft),
  };
}
