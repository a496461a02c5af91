/** Twins and the alerts of their sensors, brought together again. Pure. */
import type { Alert } from '../../functions/domain/alerts/alert.ts';
import { matterOf as matterOfRule, scopeOf, sensorSubject } from '../../functions/domain/alerts/belonging.ts';
import { alertIdOf } from '../../functions/domain/alerts/open.ts';
import { AlertId, RuleId } from '../../functions/domain/ids.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { dueOf } from '../../functions/domain/rules/engine/due.ts';
import { type RuleState, withHint } from '../../functions/domain/rules/engine/state.ts';
import { type Told, toldOf, withTold } from '../../functions/domain/rules/engine/told.ts';
import { rankOf, severities } from '../../functions/domain/severity.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { decodeTwin, encodeTwin, newTwin, type Twin } from '../../functions/domain/twin/twin.ts';
import type { TwinWrite } from '../../functions/usecases/ports/alerts.ts';
import { type AlertDraft, found, lostAlert, moveOn } from './alert-draft.ts';
import type { Finding } from './finding.ts';
import { matterOf, newestOf } from './matters.ts';
import { newRests, type Rests, restOn } from './rests.ts';
import type { KeptTwin, Snapshot } from './snapshot.ts';

export interface TwinDraft {
  readonly write: TwinWrite | undefined;
  readonly findings: readonly Finding[];
  readonly rests: Rests;
}

export interface TwinParts extends Pick<Snapshot, 'registrations' | 'twins'> {
  readonly drafts: Map<AlertId, AlertDraft>;
  readonly book: RuleBook;
  readonly rulesOf: (registration: DeviceRegistration) => DeviceRules;
  readonly now: Instant;
  readonly startedAt: Instant;
}

interface Device {
  readonly registration: DeviceRegistration;
  readonly version: number;
  state: RuleState;
  readonly findings: Finding[];
  readonly rests: Rests;
}

/** Every registered device's twin beside the alerts of its sensors. Moves alerts on that are behind their twin. */
export function mendTwins(parts: TwinParts): readonly TwinDraft[] {
  const newest = newestOf(parts.drafts.values());
  const sensors = Map.groupBy(
    [...newest.values()].filter(({ after }) => after.subject.kind === 'sensor'),
    ({ after }) => String(after.scope.deviceId),
  );
  const known = [...parts.registrations.values()].map((registration) =>
    mendDevice(registration, sensors.get(registration.deviceId) ?? [], newest, parts),
  );
  const unknown = [...parts.twins.keys()]
    .filter((deviceId) => !parts.registrations.has(deviceId))
    .map((deviceId) => ({
      write: undefined,
      findings: [
        { kind: 'device-unregistered' as const, subject: deviceId, found: 'has a twin and no registration' },
      ],
      rests: newRests(),
    }));
  return [...known, ...unknown];
}

type Opened =
  | { readonly kind: 'opened'; readonly twin: Twin }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly problem: string };

function opened(stored: KeptTwin | undefined, rules: DeviceRules): Opened {
  if (stored === undefined) return { kind: 'missing' };
  try {
    const decoded = decodeTwin(stored.bytes, rules);
    return decoded.ok
      ? { kind: 'opened', twin: decoded.twin }
      : { kind: 'unreadable', problem: decoded.problem };
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : 'damaged' };
  }
}

function mendDevice(
  registration: DeviceRegistration,
  alerts: readonly AlertDraft[],
  newest: ReadonlyMap<string, AlertDraft>,
  parts: TwinParts,
): TwinDraft {
  const { deviceId } = registration;
  const stored = parts.twins.get(deviceId);
  const rules = parts.rulesOf(registration);
  const read = opened(stored, rules);
  if (read.kind === 'unreadable')
    return {
      write: undefined,
      findings: [{ kind: 'twin-unreadable', subject: deviceId, found: read.problem }],
      rests: newRests(),
    };
  const twin = read.kind === 'opened' ? read.twin : newTwin(rules, parts.now);
  const rests = newRests();
  const version = stored?.version ?? 0;
  const device: Device = { registration, version, state: twin.rules, findings: [], rests };
  if (read.kind === 'missing')
    device.findings.push({ kind: 'twin-missing', subject: deviceId, found: 'is registered and has no twin' });
  const told = toldOf(device.state);
  const matters = new Set(told.map(({ ruleId, sensorId }) => matterOf(ruleId, `${deviceId}/${sensorId}`)));
  for (const one of told)
    mendTold(device, one, newest.get(matterOf(one.ruleId, `${deviceId}/${one.sensorId}`)), parts);
  for (const draft of alerts) {
    const { matter, subject, condition } = draft.after;
    if (condition === 'recovered' || matters.has(matterOf(matter.ruleId, subject.id))) continue;
    adopt(device, draft, sensorOf(subject.id), 'does not know it');
  }
  if (device.state === twin.rules && read.kind === 'opened')
    return { write: undefined, findings: device.findings, rests };
  const bytes = encodeTwin({ ...twin, rules: device.state }, rules);
  const dueAt = device.state === twin.rules ? dueOf(device.state) : parts.now;
  const write = { deviceId, expectedVersion: version, bytes, dueAt };
  return { write, findings: device.findings, rests };
}

const sensorOf = (subjectId: string): string => subjectId.slice(subjectId.indexOf('/') + 1);

/** What the alert would be told: -1 when it is over. */
const rankIn = ({ condition, severity }: Alert): number =>
  condition === 'recovered' ? -1 : rankOf(severity);

/** The twin's word when it has seen more of the alert than the alert itself; else the alert's. */
function mendTold(device: Device, told: Told, newest: AlertDraft | undefined, parts: TwinParts): void {
  const { hint } = told;
  const own = hint === undefined ? undefined : parts.drafts.get(AlertId.parse(hint.alertId));
  if (own === undefined && hint !== undefined) mendUnnamed(device, told, newest, parts);
  else if (newest !== undefined) mendNamed(device, told, newest, own === newest, parts);
}

function mendNamed(
  device: Device,
  told: Told,
  newest: AlertDraft,
  isNewest: boolean,
  parts: TwinParts,
): void {
  const { version, closed, condition } = newest.after;
  const seen = told.hint?.alertVersion ?? 0;
  const isSame =
    told.rank === rankIn(newest.after) && (told.rank < 0 || told.isStale === (condition === 'stale'));
  if (isNewest && seen > version && !closed) follow(device, told, newest, seen, parts);
  else if (isSame ? isNewest || closed : isNewest && version === seen) return;
  else adopt(device, newest, told.sensorId, `${wordsOf(told)}, the alert is ${condition}`);
}

/** Of the alert that the twin names nothing is left. What stands for either stands; a closed one is not what was told. */
function mendUnnamed(device: Device, told: Told, newest: AlertDraft | undefined, parts: TwinParts): void {
  const isOpen = newest !== undefined && !newest.after.closed;
  if (told.hint !== undefined) restOn(device.rests, AlertId.parse(told.hint.alertId), undefined);
  if (newest === undefined || (told.rank >= 0 && !isOpen))
    mendUnknown(device, told, newest?.after.alertId, parts);
  else if (told.rank > rankIn(newest.after)) follow(device, told, newest, 0, parts);
  else adopt(device, newest, told.sensorId, wordsOf(told));
}

const wordsOf = ({ rank, hint }: Told): string =>
  `has told ${rank < 0 ? 'its end' : severities[rank]} of ${hint?.alertId ?? 'no alert'} at ${hint?.alertVersion ?? 0}`;

/** Nothing is left of the alert: what stands is raised again, what is over is forgotten. */
function mendUnknown(device: Device, told: Told, previous: AlertId | undefined, parts: TwinParts): void {
  const { registration, findings } = device;
  const { ruleId, sensorId, rank, hint } = told;
  if (rank < 0) {
    findings.push({
      kind: 'twin-behind',
      subject: registration.deviceId,
      found: `${wordsOf(told)}, which is gone`,
    });
    device.state = withHint(device.state, RuleId.parse(ruleId), sensorId, undefined);
    return;
  }
  const subject = sensorSubject(registration.deviceId, sensorId);
  const id = RuleId.parse(ruleId);
  const severity = severities[rank] ?? 'red';
  const rule = parts.book.rules.find((one) => one.id === id);
  const sensor = registration.sensors.find((one) => one.sensorId === sensorId);
  const condition = told.isStale ? 'stale' : 'firing';
  const draft = lostAlert({
    alertId: hint === undefined ? alertIdOf(id, subject.id, 0, parts.startedAt) : AlertId.parse(hint.alertId),
    matter: matterOfRule(
      rule,
      verdict(id, rule?.version ?? 'restored', sensorId, severity, condition, parts.now),
      sensor,
    ),
    subject,
    scope: scopeOf(registration, sensorId),
    severity,
    at: parts.now,
    previous,
  });
  found(draft, 'alert-lost', `${registration.deviceId} ${wordsOf(told)}, and nothing is left of it`);
  moveOn(draft, { condition }, hint?.alertVersion ?? 0, parts.now);
  parts.drafts.set(draft.after.alertId, draft);
  device.rests.alerts.add(draft);
  device.state = withHint(device.state, id, sensorId, hintOf(draft.after));
}

const hintOf = ({ alertId, version }: Alert) => ({ alertId, alertVersion: version });

/** As much of a verdict as the words of an alert need. */
const verdict = (
  ruleId: RuleId,
  ruleVersion: string,
  sensorId: string,
  severity: Alert['severity'],
  condition: 'firing' | 'stale',
  at: Instant,
) => ({
  ruleId,
  ruleVersion,
  sensorId,
  change: 'raised' as const,
  condition,
  severity,
  phenomenonAt: at,
  at,
  trigger: 'reading' as const,
  marks: [],
  value: undefined,
  quality: 'good',
  because: '',
});

/** The alert lost what the twin has told since. */
function follow(device: Device, told: Told, own: AlertDraft, spent: number, parts: TwinParts): void {
  found(
    own,
    'twin-ahead',
    `${device.registration.deviceId} ${wordsOf(told)}, the alert is at ${own.after.version}`,
  );
  const condition = told.rank < 0 ? 'recovered' : told.isStale ? 'stale' : 'firing';
  const severity = severities[told.rank];
  device.rests.alerts.add(own);
  moveOn(own, { condition, ...(severity === undefined ? {} : { severity }) }, spent, parts.now);
  device.state = withHint(device.state, RuleId.parse(told.ruleId), told.sensorId, hintOf(own.after));
}

/** The twin stands as the alert does. */
function adopt(device: Device, draft: AlertDraft, sensorId: string, what: string): void {
  const { after } = draft;
  const { registration, findings } = device;
  device.rests.alerts.add(draft);
  findings.push({ kind: 'twin-behind', subject: registration.deviceId, found: `${after.alertId}: ${what}` });
  const told = {
    ruleId: String(after.matter.ruleId),
    sensorId,
    rank: rankIn(after),
    isStale: after.condition === 'stale',
    hint: hintOf(after),
  };
  device.state = withTold(device.state, told, instant(after.raisedAt));
}
