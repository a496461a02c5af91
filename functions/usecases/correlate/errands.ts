import type { Alert } from '../../domain/alerts/alert.ts';
import { change } from '../../domain/alerts/change.ts';
import { AlertId } from '../../domain/ids.ts';
import { decodeCorrelation, encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { type Errands, hasErrands } from '../../domain/rules/correlate/state.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertWrite, StoredMatter } from '../ports/alerts.ts';
import { type CorrelateDeps, correlateTriesMax, heldUp } from './deps.ts';

/** As much as errands need; root causes of silence have them too. */
type ErrandDeps = Pick<CorrelateDeps, 'alerts' | 'clock'>;

/** Children written in one transaction with the state: with all their lists they stay below its 100 items. */
export const errandCountMax = 6;

/**
 * Writes what a parent has to say on its children: their root cause, or that nothing mutes them any more and they stand.
 * Each is a transition of the child, written in the transaction that takes the errand off the list: exactly once.
 *
 * @throws AdapterError, HeldUpError; the next tick goes on
 */
export async function runErrands(deps: ErrandDeps, ruleId: string, subjectId: string): Promise<void> {
  for (let lost = 0; lost < correlateTriesMax; ) {
    const guard = await deps.alerts.matter(ruleId, subjectId);
    const decoded = guard?.state === undefined ? undefined : decodeCorrelation(guard.state);
    if (guard === undefined || decoded?.ok !== true || !hasErrands(decoded.state)) return;
    const { link, release } = decoded.state.errands;
    const some: Errands = {
      link: link.slice(0, errandCountMax),
      release: release.slice(0, Math.max(0, errandCountMax - link.length)),
    };
    const errands: Errands = {
      link: link.slice(some.link.length),
      release: release.slice(some.release.length),
    };
    const state = encodeCorrelation({ ...decoded.state, errands });
    const alerts = await childWrites(deps, guard, some);
    const matter = { ...guard, expectedVersion: guard.version, state };
    if ((await deps.alerts.commit({ matter, alerts })) === 'conflict') lost += 1;
  }
  throw heldUp(ruleId, subjectId);
}

async function childWrites(
  deps: ErrandDeps,
  { alertId: parent }: StoredMatter,
  { link, release }: Errands,
): Promise<readonly AlertWrite[]> {
  const now = deps.clock.now();
  const ids = [...new Set([...link, ...release])].map((id) => AlertId.parse(id));
  const children = await deps.alerts.getMany(ids);
  return [...children.values()].flatMap((child) => {
    if (child.condition === 'recovered') return [];
    // An alert that is to be linked and released stands under nothing any more: the release says more.
    const isReleased = release.includes(child.alertId);
    if (isReleased) return wasMuted(child) ? [childWrite(child, 'inhibition-ended', parent, now)] : [];
    return child.cause === parent ? [] : [childWrite(child, 'linked', parent, now)];
  });
}

/** Red and signal were not muted: one always notifies, the other never does. */
const wasMuted = ({ severity }: Alert): boolean => severity !== 'red' && severity !== 'signal';

function childWrite(
  before: Alert,
  name: 'linked' | 'inhibition-ended',
  parent: AlertId | undefined,
  now: Instant,
): AlertWrite {
  const { alert, transition } = change(before, {
    change: name,
    at: now,
    phenomenonAt: now,
    committedAt: now,
    because: JSON.stringify({ kind: 'correlation', parent }),
    ...(name === 'linked' && parent !== undefined ? { cause: parent } : {}),
  });
  return { before, after: alert, transitions: [transition] };
}
