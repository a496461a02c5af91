import {
  changesOf,
  clock,
  describeChange,
  type RunFacts,
  type RunVerdict,
} from '../scenario/expectations.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Tally } from './tally.ts';

/** How a run went. */
export interface RunReport {
  readonly scenario: Scenario;
  readonly startAt: number;
  readonly facts: RunFacts;
  readonly verdict: RunVerdict;
  readonly tally: Tally;
}

/** The report for people: the timeline, what was expected, the verdict. */
export function reportLines({ scenario, startAt, facts, verdict, tally }: RunReport): string[] {
  const { counts } = tally;
  const matched = new Set(verdict.matched.map(({ change }) => change));
  const timeline = changesOf(scenario, facts).map(
    (change) => `  ${matched.has(change) ? 'expected ' : '         '} ${describeChange(change, startAt)}`,
  );
  const quarantined = facts.quarantinedCount === undefined ? '' : `, ${facts.quarantinedCount} in quarantine`;
  return [
    `${scenario.name}: ${scenario.title.en} (${clock(scenario.duration).slice(1)})`,
    ...(timeline.length === 0 ? ['  no alert'] : timeline),
    `  ${counts.published} packs published, ${counts.acknowledged} acknowledged, ${counts.lost} connections lost, ${facts.refusedCount} refused${quarantined}`,
    ...(verdict.ok
      ? [`ok: all ${verdict.matched.length} expected changes came, nothing else was raised`]
      : verdict.reasons.map((reason) => `not ok: ${reason}`)),
  ];
}
