import type { Alert, Scope, Subject } from '../../domain/alerts/alert.ts';
import { change, type Happening } from '../../domain/alerts/change.ts';
import { withNames } from '../../domain/alerts/gateway-silence.ts';
import { alertIdOf, unopened } from '../../domain/alerts/open.ts';
import { type RootRuleId, standingMatter } from '../../domain/alerts/standing.ts';
import { type AlertId, DeviceId } from '../../domain/ids.ts';
import { decodeCorrelation, encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { type CorrelationState, emptyCorrelation } from '../../domain/rules/correlate/state.ts';
import { type AlertKind, rankOf, type Severity } from '../../domain/severity.ts';
import { type Instant, instant, seconds } from '../../domain/time.ts';
import { heldUp } from '../correlate/deps.ts';
import type { AlertStore, AlertWrite, StoredMatter } from '../ports/alerts.ts';
import type { Clock } from '../ports/time.ts';

/** Tries when others write the same matter: as many as for a device. */
export const rootTriesMax = 4;

/** How soon a matter that has just been raised is looked at again. */
export const lookEvery = seconds(10);

export interface RootDeps {
  readonly alerts: AlertStore;
  readonly clock: Clock;
}

/** A root cause that was found; severity, kind and scope are those of its gravest child (semantics 21). */
export interface RootEvent {
  readonly ruleId: RootRuleId;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly kind: AlertKind;
  readonly severity: Severity;
  /** When the silence of its first child fell due. */
  readonly at: Instant;
  /** The newest sign of life before: what ends it must be newer. */
  readonly since: Instant;
  /** Children that stood before it was found: they are told of it. */
  readonly link: readonly string[];
  readonly because: Readonly<Record<string, string | number>>;
  /** The alert of its own root cause. */
  readonly cause?: AlertId | undefined;
  /** Devices that it has caused to be silent. @default it knows its children without */
  readonly devices?: readonly string[];
  /** Of whom it speaks, in its advice. */
  readonly named?: readonly string[];
  /** False: it is not opened for this, only joined while it stands. @default true */
  readonly mayOpen?: boolean;
}

/** The alert of a root cause, and the devices that it has taken as its children. */
export interface Root {
  readonly alertId: AlertId;
  readonly devices: ReadonlySet<string>;
}

/** Devices that one root cause takes as its children; the others notify by themselves. */
export const rootDeviceMax = 1_000;

/** The children of a root cause that are devices. */
export const devicesOf = ({ members }: CorrelationState): readonly DeviceId[] =>
  members.map(({ subjectId }) => DeviceId.parse(subjectId));

/** The state that the guard item of a root cause holds: what is still to be told to children, and since when it is silent. */
export const rootStateOf = ({ state }: StoredMatter) =>
  state === undefined ? undefined : decodeCorrelation(state);

/**
 * Opens the alert of a root cause, or makes it graver; nothing is written when it stands as grave.
 *
 * Committed before its children, so that none is muted by something that is not there. A crash between leaves it alone until
 * the next tick.
 *
 * @returns undefined when it may not be opened and does not stand. @throws AdapterError, HeldUpError
 */
export async function raiseRoot(deps: RootDeps, event: RootEvent): Promise<Root | undefined> {
  const { ruleId, subject } = event;
  for (let tries = 0; tries < rootTriesMax; tries += 1) {
    const guard = await deps.alerts.matter(ruleId, subject.id);
    const current = guard?.alertId === undefined ? undefined : await deps.alerts.get(guard.alertId);
    const stands = current !== undefined && current.condition !== 'recovered';
    if (!stands && event.mayOpen === false) return undefined;
    const stored = stands && guard !== undefined ? rootStateOf(guard) : undefined;
    const before = stored?.ok === true ? stored.state : undefined;
    const state = stateWith(event, before);
    const isGraver = !stands || rankOf(event.severity) > rankOf(current.severity);
    const root = (alertId: AlertId): Root => ({ alertId, devices: new Set(devicesOf(state)) });
    if (!isGraver && before?.members.length === state.members.length) return root(current.alertId);
    const write = isGraver ? raised(deps, event, current, guard?.version ?? 0) : undefined;
    const after = write?.after ?? current;
    if (after === undefined) return undefined;
    const now = deps.clock.now();
    const matter = {
      ruleId,
      subjectId: subject.id,
      expectedVersion: guard?.version ?? 0,
      alertId: after.alertId,
      alertVersion: after.version,
      state: encodeCorrelation(state),
      lastAt: now,
      dueAt: instant(now + lookEvery),
    };
    const alerts = write === undefined ? [] : [write];
    if ((await deps.alerts.commit({ matter, alerts })) === 'committed') return root(after.alertId);
  }
  throw heldUp(ruleId, subject.id);
}

/** A new episode knows no errands of an old one: whoever still stands is told of this one. */
function stateWith(
  { since, link, devices = [] }: RootEvent,
  stored: CorrelationState | undefined,
): CorrelationState {
  const before = stored ?? { ...emptyCorrelation('count'), floor: since };
  const links = [...new Set([...before.errands.link, ...link])];
  const known = new Set(before.members.map(({ subjectId }) => subjectId));
  const fresh = devices.filter((id) => !known.has(id)).slice(0, rootDeviceMax - known.size);
  const members = fresh.map((subjectId) => ({
    slot: 0 as const,
    alertId: subjectId,
    subjectId,
    runs: [],
    isLinked: false,
  }));
  return {
    ...before,
    members: [...before.members, ...members],
    errands: { ...before.errands, link: links },
  };
}

function raised(
  deps: RootDeps,
  event: RootEvent,
  current: Alert | undefined,
  stateVersion: number,
): AlertWrite {
  const { ruleId, subject, scope, severity, at } = event;
  const standing = standingMatter(ruleId);
  const advice = event.named === undefined ? standing.advice : withNames(standing.advice, event.named);
  const matter = { ...standing, advice, kind: event.kind };
  const isNew = current === undefined || current.closed;
  const before = isNew
    ? unopened({
        alertId: alertIdOf(matter.ruleId, subject.id, stateVersion, at),
        matter,
        subject,
        scope,
        severity,
        at,
        previous: current?.alertId,
      })
    : current;
  const name: Happening['change'] = isNew
    ? 'raised'
    : current.condition === 'recovered'
      ? 'occurrence'
      : 'severity-up';
  const { alert, transition } = change(before, {
    change: name,
    condition: 'firing',
    severity,
    matter,
    at,
    phenomenonAt: at,
    committedAt: deps.clock.now(),
    because: JSON.stringify({ kind: 'root-cause', ...event.because }),
    ...(event.cause === undefined ? {} : { cause: event.cause, marks: ['caused'] }),
  });
  return { before: isNew ? undefined : current, after: alert, transitions: [transition] };
}

/**
 * Ends a root cause; its children that stand are to be told in the same transaction.
 *
 * @returns whether it was written. @throws AdapterError
 */
export async function endRoot(
  deps: RootDeps,
  guard: StoredMatter,
  current: Alert,
  release: readonly string[],
): Promise<'committed' | 'conflict'> {
  const now = deps.clock.now();
  const { alert, transition } = change(current, {
    change: 'recovered',
    condition: 'recovered',
    at: now,
    phenomenonAt: now,
    committedAt: now,
    because: JSON.stringify({ kind: 'root-cause', silentUntil: guard.lastAt }),
  });
  const state = { ...emptyCorrelation('count'), errands: { link: [], release: [...release] } };
  const matter = {
    ...guard,
    expectedVersion: guard.version,
    alertVersion: alert.version,
    state: encodeCorrelation(state),
    dueAt: now,
  };
  return deps.alerts.commit({
    matter,
    alerts: [{ before: current, after: alert, transitions: [transition] }],
  });
}
