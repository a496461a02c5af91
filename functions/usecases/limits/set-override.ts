import { authorize } from '../../domain/access/authorize.ts';
import { sha256 } from '../../domain/ids.ts';
import {
  deviceOverrideMax,
  isRemembered,
  LimitOverride,
  type NewOverride,
  newOverride,
  overrideCountMax,
  registeredOverride,
} from '../../domain/inventory/override.ts';
import { nearest } from '../../domain/nearest.ts';
import type { Rule } from '../../domain/rules/book.ts';
import { overrideProblem } from '../../domain/rules/limits/check-override.ts';
import { type OverrideScope, scopeText } from '../../domain/telemetry/overrides.ts';
import type { Instant } from '../../domain/time.ts';
import { type Attempt, once } from '../inventory/once.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import { refusalOf } from '../inventory/scopes.ts';
import type { Caller } from '../ports/access.ts';
import type { InventoryStore } from '../ports/inventory.ts';
import { isOwnerOf, isRegulatorOf, type LimitsDeps } from './deps.ts';
import { continueFanOut, fanOutOf } from './fan-out.ts';
import { type Located, locate, othersAt } from './reach.ts';

/**
 * Sets a limit of a rule for a scope, in force without a deploy: every device that it touches is told and looked at at once.
 *
 * It may only tighten, unless a regulator signs (design 3.2). What is committed here is finished by sweep if this request
 * does not get to its end.
 */
export const setOverride =
  (deps: LimitsDeps) =>
  async (caller: Caller, declared: NewOverride, attempt: Attempt): Promise<Result<LimitOverride>> => {
    const result = await once(deps, attempt, LimitOverride, async (keep) => {
      const made = await make(deps, caller, declared, attempt);
      if (!made.ok) return made;
      const { value: override } = made;
      const reason = `${override.limit} of ${override.ruleId} was set to ${override.value} for ${scopeText(override.scope)}`;
      const change = { by: override.createdBy, at: override.createdAt, reason };
      const written = await deps.inventory.commit({
        puts: [{ kind: 'override', thing: override, expected: 0 }],
        fanOut: await fanOutOf(deps, override.scope, change),
        outcome: keep(override),
      });
      return written === 'conflict' ? written : made;
    });
    if (result.ok) await continueFanOut(deps, scopeText(result.value.scope));
    return result;
  };

async function make(
  deps: LimitsDeps,
  caller: Caller,
  declared: NewOverride,
  attempt: Attempt,
): Promise<Result<LimitOverride>> {
  const named = ruleOf(deps, declared);
  if (!named.ok) return named;
  const rule = named.value;
  const located = await locate(deps.inventory, declared.scope, rule);
  if (!located.ok) return located;
  const at = deps.clock.now();
  const role = roleOf(caller, declared, located.value, at);
  if (!role.ok) return role;
  const of = {
    overrideId: sha256(attempt.key).slice(0, 24),
    ruleId: rule.id,
    place: located.value.place,
    setAs: role.value,
  };
  const made = newOverride(declared, of, { by: caller.identity, at });
  if (!made.ok) return refuse(made.problem, made.field, made.remedy);
  if (await isFull(deps.inventory, declared.scope, at)) return refuse('too-many-overrides', 'scope');
  const problem = overrideProblem({
    rule,
    candidate: registeredOverride(made.override),
    reach: located.value.reach,
    others: await othersAt(deps.inventory, rule, declared.scope, located.value, at),
  });
  return problem === undefined ? done(made.override) : refuse(problem.problem, 'value', problem.remedy);
}

/** The rule, if it has the limit; else which name was probably meant. */
function ruleOf({ book }: LimitsDeps, { rule: ruleId, limit }: NewOverride): Result<Rule> {
  const rule = book.rules.find(({ id }) => id === ruleId);
  const meant = (word: string, known: readonly string[]): string => {
    const found = nearest(word, known);
    return found === undefined ? `must be one of ${known.slice(0, 20).join(', ')}` : `did you mean ${found}?`;
  };
  if (rule === undefined)
    return refuse(
      'rule-unknown',
      'rule',
      meant(
        ruleId,
        book.rules.map(({ id }) => id),
      ),
    );
  if (limit in rule.limits) return done(rule);
  return refuse('limit-unknown', 'limit', meant(limit, Object.keys(rule.limits)));
}

/** As whom the caller sets it: an enterprise for its own, a regulator where all of it lies in its areas. */
function roleOf(
  caller: Caller,
  { signature, scope: { kind } }: NewOverride,
  { place }: Located,
  now: Instant,
): Result<LimitOverride['setAs']> {
  const scope = {
    enterpriseId: place.enterpriseId,
    places: place.areas.map((area) => ({ area, trade: place.trade })),
  };
  const allowed = authorize(caller.grants, 'set-limits', scope, now);
  if (!allowed.ok) return refusalOf(allowed, `scope.${kind === 'area' ? 'area' : `${kind}Id`}`);
  const isRegulator = isRegulatorOf(caller, scope, now);
  if (signature !== undefined && !isRegulator) return refuse('signature-refused', 'signature');
  if (isOwnerOf(caller, scope, now) && signature === undefined) return done('enterprise');
  return isRegulator ? done('regulator') : refuse('outside-your-area', 'scope');
}

async function isFull(inventory: InventoryStore, scope: OverrideScope, now: Instant): Promise<boolean> {
  const held = (await inventory.overridesAt([scope])).filter(
    (one) => isRemembered(one, now) && scopeText(one.scope) === scopeText(scope),
  );
  if (held.length >= overrideCountMax[scope.kind]) return true;
  if (scope.kind !== 'source' && scope.kind !== 'sensor') return false;
  const ids = scope.kind === 'sensor' ? [scope.deviceId] : await inventory.devicesOf(scope.sourceId);
  const devices = await inventory.getMany('device', ids.slice(0, 100));
  return devices.some(({ registration }) => (registration.overrides?.length ?? 0) >= deviceOverrideMax);
}
