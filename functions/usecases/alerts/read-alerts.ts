import { authorize } from '../../domain/access/authorize.ts';
import type { ListWish } from '../../domain/access/listing.ts';
import type { Alert, Transition } from '../../domain/alerts/alert.ts';
import type { AlertId } from '../../domain/ids.ts';
import type { InventoryDeps } from '../inventory/deps.ts';
import { listFor, type PageWish, storePagesMax } from '../inventory/read-inventory.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import { refusalOf, scopeOfAlert } from '../inventory/scopes.ts';
import type { Caller } from '../ports/access.ts';
import type { AlertFilter, AlertStore } from '../ports/alerts.ts';
import type { Page } from '../ports/inventory.ts';

export interface ReadAlertsDeps extends InventoryDeps {
  readonly alerts: AlertStore;
}

/** What of a list is wanted; absent: all of it. */
export type AlertChoice = {
  readonly [Name in Exclude<keyof AlertFilter, 'scope'>]?: AlertFilter[Name] | undefined;
};

export interface AlertWithTransitions {
  readonly alert: Alert;
  readonly transitions: readonly Transition[];
}

/** The alert with everything that happened to it, and why. */
export const readAlert =
  (deps: ReadAlertsDeps) =>
  async (caller: Caller, alertId: AlertId): Promise<Result<AlertWithTransitions>> => {
    const alert = await deps.alerts.get(alertId);
    if (alert === undefined) return refuse('not-found');
    const allowed = authorize(caller.grants, 'read-alerts', scopeOfAlert(alert), deps.clock.now());
    if (!allowed.ok) return refusalOf(allowed);
    const transitions = await deps.alerts.transitions(alertId);
    return done({ alert, transitions: transitions.filter((one) => one.version <= alert.version) });
  };

/** The alerts that the caller may see: open before closed, gravest first, then newest. */
export const listAlerts =
  (deps: ReadAlertsDeps) =>
  async (
    caller: Caller,
    wish: ListWish,
    wanted: AlertChoice,
    page: PageWish,
  ): Promise<Result<Page<Alert>>> => {
    const list = await listFor(deps, caller, 'read-alerts', wish);
    if (!list.ok) return list;
    if (list.value.kind === 'all')
      return refuse(
        'scope-needed',
        'area',
        'name area (such as 22, or - for the platform itself) or enterprise',
      );
    const filter = filterOf(list.value, wanted);
    const now = deps.clock.now();
    const { area } = wish;
    const isVisible = (alert: Alert): boolean =>
      (area === undefined || alert.scope.area.startsWith(area)) &&
      authorize(caller.grants, 'read-alerts', scopeOfAlert(alert), now).ok;
    const items: Alert[] = [];
    let after = page.after;
    for (let pages = 0; pages < storePagesMax; pages++) {
      const { alerts, next } = await deps.alerts.list(filter, page.limit - items.length, after);
      items.push(...alerts.filter(isVisible));
      after = next;
      if (next === undefined || items.length >= page.limit) break;
    }
    return done({ items, next: after });
  };

function filterOf(scope: AlertFilter['scope'], wanted: AlertChoice): AlertFilter {
  const { closed, severity, handling, condition, kind } = wanted;
  return {
    scope,
    ...(closed === undefined ? {} : { closed }),
    ...(severity === undefined ? {} : { severity }),
    ...(handling === undefined ? {} : { handling }),
    ...(condition === undefined ? {} : { condition }),
    ...(kind === undefined ? {} : { kind }),
  };
}
