import { endedOverride, LimitOverride, registeredOverride } from '../../domain/inventory/override.ts';
import { overrideProblem } from '../../domain/rules/limits/check-override.ts';
import { scopeText } from '../../domain/telemetry/overrides.ts';
import { actorOf, find } from '../inventory/deps.ts';
import { type Attempt, once } from '../inventory/once.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import { scopeOf } from '../inventory/scopes.ts';
import type { Caller } from '../ports/access.ts';
import { isRegulatorOf, type LimitsDeps } from './deps.ts';
import { continueFanOut, fanOutOf } from './fan-out.ts';
import { locate, othersAt } from './reach.ts';

export interface EndWish {
  readonly overrideId: string;
  readonly reason: string;
  /** Of `If-Match`; absent: whatever version stands. */
  readonly expected: number | undefined;
}

/**
 * Ends an override now; one that has not begun never will.
 *
 * What a regulator has set only a regulator ends, and so is the only figure of a site parameter, without which the limit
 * would be unknown. An enterprise ends what it has set for itself: what the rule and the regulators ask holds again.
 */
export const endOverride =
  (deps: LimitsDeps) =>
  async (caller: Caller, wish: EndWish, attempt: Attempt): Promise<Result<LimitOverride>> => {
    const { overrideId, reason, expected } = wish;
    const result = await once(deps, attempt, LimitOverride, async (keep) => {
      const found = await find(deps, caller, 'set-limits', { kind: 'override', id: overrideId });
      if (!found.ok) return found;
      const before = found.value;
      const actor = actorOf(deps, caller);
      if (expected !== undefined && expected !== before.version)
        return refuse('version-mismatch', 'If-Match');
      if (before.validTo !== undefined && before.validTo <= actor.at) return refuse('override-ended');
      const isOnlyFigure = deps.book.rules.some(
        ({ id, limits }) => id === before.ruleId && limits[before.limit]?.value === undefined,
      );
      const needsRegulator = before.setAs === 'regulator' || (isOnlyFigure && before.validFrom <= actor.at);
      if (needsRegulator && !isRegulatorOf(caller, scopeOf.override(before), actor.at))
        return refuse('regulator-needed');
      const ended = endedOverride(before, reason, actor);
      const problem = await problemOf(deps, before, ended, actor.at);
      if (problem !== undefined) return refuse('zones-conflict', 'id', problem);
      const because = `${before.limit} of ${before.ruleId} is set no longer for ${scopeText(before.scope)}`;
      const written = await deps.inventory.commit({
        puts: [{ kind: 'override', thing: ended, expected: before.version, before }],
        fanOut: await fanOutOf(deps, before.scope, { ...actor, reason: because }),
        outcome: keep(ended),
      });
      return written === 'conflict' ? written : done(ended);
    });
    if (result.ok) await continueFanOut(deps, scopeText(result.value.scope));
    return result;
  };

/** What contradicts itself once the override is gone: its limits were checked only together with others (semantics 2). */
async function problemOf(
  deps: LimitsDeps,
  before: LimitOverride,
  ended: LimitOverride,
  now: LimitOverride['validFrom'],
): Promise<string | undefined> {
  const rule = deps.book.rules.find(({ id }) => id === ended.ruleId);
  // A rule or a place that is gone judges nothing any more.
  if (rule === undefined) return undefined;
  const located = await locate(deps.inventory, ended.scope, rule);
  if (!located.ok) return undefined;
  const others = await othersAt(deps.inventory, rule, ended.scope, located.value, now);
  const without = others.filter(({ override }) => override.id !== ended.overrideId);
  const candidate = { ...registeredOverride(ended), isSigned: true };
  const { reach } = located.value;
  const replaces = registeredOverride(before);
  const problem = overrideProblem({ rule, candidate, replaces, reach, others: without });
  return problem?.remedy;
}
