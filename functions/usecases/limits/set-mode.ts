import { authorize } from '../../domain/access/authorize.ts';
import type { AreaCode } from '../../domain/ids.ts';
import { Area, type NewMode, withMode } from '../../domain/inventory/area.ts';
import { actorOf } from '../inventory/deps.ts';
import { type Attempt, once } from '../inventory/once.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import { refusalOf } from '../inventory/scopes.ts';
import type { Caller } from '../ports/access.ts';
import type { LimitsDeps } from './deps.ts';
import { continueFanOut, fanOutOf } from './fan-out.ts';

export interface ModeWish extends NewMode {
  readonly area: AreaCode;
  readonly expected: number | undefined;
}

/** Puts an area, with all that lies in it, into another mode from now on; every device in it is told and looked at. */
export const setMode =
  (deps: LimitsDeps) =>
  async (caller: Caller, wish: ModeWish, attempt: Attempt): Promise<Result<Area>> => {
    const { area, expected, ...declared } = wish;
    const scope = { kind: 'area', area } as const;
    const result = await once(deps, attempt, Area, async (keep) => {
      const actor = actorOf(deps, caller);
      const places = [{ area, trade: '-' }] as const;
      const allowed = authorize(caller.grants, 'set-mode', { enterpriseId: '-', places }, actor.at);
      if (!allowed.ok) return refusalOf(allowed);
      const before = await deps.inventory.get('area', area);
      if (expected !== undefined && expected !== (before?.version ?? 0))
        return refuse('version-mismatch', 'If-Match');
      const next = withMode(area, before, declared, actor);
      if (next === before) return done(next);
      const reason = `area ${area} is in mode ${declared.mode}`;
      const written = await deps.inventory.commit({
        puts: [
          {
            kind: 'area',
            thing: next,
            expected: before?.version ?? 0,
            ...(before ? { before } : {}),
          } as const,
        ],
        fanOut: await fanOutOf(deps, scope, { ...actor, reason }),
        outcome: keep(next),
      });
      return written === 'conflict' ? written : done(next);
    });
    if (result.ok) await continueFanOut(deps, `area ${area}`);
    return result;
  };
