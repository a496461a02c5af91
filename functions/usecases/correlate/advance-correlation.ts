import type { Tombstone } from '../../domain/rules/book.ts';
import { bounded } from '../../domain/rules/correlate/bounds.ts';
import { termsOf } from '../../domain/rules/correlate/correlations.ts';
import { hasErrands } from '../../domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../domain/rules/correlation-rule.ts';
import type { Instant } from '../../domain/time.ts';
import { type CorrelateDeps, correlateTriesMax, heldUp } from './deps.ts';
import { runErrands } from './errands.ts';
import { retireCorrelation } from './retire.ts';
import { openCorrelation, stepCorrelation } from './step.ts';

export interface AdvanceDeps extends CorrelateDeps {
  readonly retired: readonly Tombstone[];
}

/** Does for one correlation on one subject what is due. */
export type AdvanceCorrelation = (
  ruleId: string,
  subjectId: string,
  watermark: Instant | undefined,
) => Promise<void>;

/**
 * Does what time alone must cause: a member that did not come, an end after `clearFor`, and what children are to be told.
 * Idempotent: the item decides what is due.
 *
 * @throws AdapterError, HeldUpError; what was not done stays due
 */
export const advanceCorrelation =
  (deps: AdvanceDeps): AdvanceCorrelation =>
  async (ruleId, subjectId, watermark) => {
    const rule = deps.correlations.byId(ruleId);
    if (rule !== undefined) {
      const isLeft = await settle(deps, rule, subjectId, watermark);
      if (isLeft) await runErrands(deps, ruleId, subjectId);
      return;
    }
    const guard = await deps.alerts.matter(ruleId, subjectId);
    if (guard?.dueAt === undefined || guard.dueAt > deps.clock.now()) return;
    const tombstone = deps.retired.find(({ id }) => id === ruleId);
    await retireCorrelation(deps, guard, tombstone);
    if (tombstone !== undefined) await runErrands(deps, ruleId, subjectId);
  };

/** Judges until nothing more follows. @returns whether errands are left */
async function settle(
  deps: CorrelateDeps,
  rule: CorrelationRule,
  subjectId: string,
  watermark: Instant | undefined,
): Promise<boolean> {
  const subject = { kind: rule.subject, id: subjectId };
  for (let lost = 0; lost < correlateTriesMax; ) {
    const opened = await openCorrelation(deps, rule, subject);
    const now = deps.clock.now();
    if (opened.guard?.dueAt === undefined || opened.guard.dueAt > now) return hasErrands(opened.state);
    const state = bounded(opened.state, termsOf(rule));
    const stepped = await stepCorrelation(deps, opened, state, { now, watermark, trigger: 'watermark' });
    if (stepped.outcome === 'lost') lost += 1;
    else if (stepped.verdict === undefined) return hasErrands(stepped.state);
  }
  throw heldUp(rule.id, subjectId);
}
