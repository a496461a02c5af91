/** What two looks agree on. A system that lives moves between two reads of one look; what is wrong twice is wrong. Pure. */
import type { AlertDraft } from './alert-draft.ts';
import type { Finding } from './finding.ts';
import { strayEntry } from './lists.ts';
import type { Plan } from './plan.ts';
import type { Rests } from './rests.ts';

const nameOf = ({ kind, subject, found }: Finding): string => [kind, subject, found].join('\n');

/** The findings of `first` that `second` has too. */
export function inBoth(first: readonly Finding[], second: readonly Finding[]): Finding[] {
  const again = new Set(second.map(nameOf));
  return first.filter((finding) => again.has(nameOf(finding)));
}

/** Of `plan` the steps whose every finding is among `steady`, and which rest on no alert whose own step is left out. */
export function steadyOf(plan: Plan, steady: readonly Finding[]): Plan {
  const names = new Set(steady.map(nameOf));
  const isSteady = (findings: readonly Finding[]) => findings.every((finding) => names.has(nameOf(finding)));
  const [alerts, unsteady] = partition(plan.alerts, ({ draft }) => isSteady(draft.findings));
  const leftOut = new Set<AlertDraft>(unsteady.map(({ draft }) => draft));
  const holds = ({ findings, rests }: { readonly findings: readonly Finding[]; readonly rests: Rests }) =>
    isSteady(findings) && ![...rests.alerts].some((alert) => leftOut.has(alert));
  return {
    alerts,
    strays: plan.strays.filter((entry) => isSteady([strayEntry(entry)])),
    guards: plan.guards.filter(holds),
    twins: plan.twins.filter(holds),
    findings: inBoth(plan.findings, steady),
  };
}

function partition<T>(all: readonly T[], isIn: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isIn), all.filter((one) => !isIn(one))];
}
