import type { History } from '../history.ts';
import { type View, viewOf } from './facts/view.ts';
import type { Law, Violation } from './law.ts';
import { acknowledgementKept } from './laws/acknowledgement-kept.ts';
import { alarmCovered } from './laws/alarm-covered.ts';
import { alertIsFold } from './laws/alert-is-fold.ts';
import { archiveComplete } from './laws/archive-complete.ts';
import { canarySent } from './laws/canary-sent.ts';
import { clearEarned } from './laws/clear-earned.ts';
import { correlationEarned } from './laws/correlation-earned.ts';
import { correlationEnds } from './laws/correlation-ends.ts';
import { correlationRaised } from './laws/correlation-raised.ts';
import { countCovered } from './laws/count-covered.ts';
import { deadlineKept } from './laws/deadline-kept.ts';
import { decisionEarned } from './laws/decision-earned.ts';
import { delayEarned } from './laws/delay-earned.ts';
import { delayTold } from './laws/delay-told.ts';
import { downEarned } from './laws/down-earned.ts';
import { endsWhenOver } from './laws/ends-when-over.ts';
import { heard } from './laws/heard.ts';
import { legalSteps } from './laws/legal-steps.ts';
import { limitKept } from './laws/limit-kept.ts';
import { limitSetOnce } from './laws/limit-set-once.ts';
import { linkedToLast } from './laws/linked-to-last.ts';
import { listsAgree } from './laws/lists-agree.ts';
import { logsClean } from './laws/logs-clean.ts';
import { meanCovered } from './laws/mean-covered.ts';
import { nothingOverdue } from './laws/nothing-overdue.ts';
import { numbering } from './laws/numbering.ts';
import { oneDecision } from './laws/one-decision.ts';
import { oneOpenAlert } from './laws/one-open-alert.ts';
import { oneTransaction } from './laws/one-transaction.ts';
import { quarantineComplete } from './laws/quarantine-complete.ts';
import { queuesEmpty } from './laws/queues-empty.ts';
import { raiseEarned } from './laws/raise-earned.ts';
import { receiversAgree } from './laws/receivers-agree.ts';
import { recordsAddUp } from './laws/records-add-up.ts';
import { releaseEarned } from './laws/release-earned.ts';
import { sentIsPublished } from './laws/sent-is-published.ts';
import { silenceEarned } from './laws/silence-earned.ts';
import { silenceFound } from './laws/silence-found.ts';
import { ticksPlanned } from './laws/ticks-planned.ts';
import { tighteningJudged } from './laws/tightening-judged.ts';
import { toldAfterCommit } from './laws/told-after-commit.ts';
import { valueOrigin } from './laws/value-origin.ts';
import { versionsAdvance } from './laws/versions-advance.ts';
import { watermarkTrue } from './laws/watermark-true.ts';

/** Every promise that a history is held to; the order is that of what goes wrong first. */
export const laws: readonly Law[] = [
  archiveComplete,
  queuesEmpty,
  recordsAddUp,
  quarantineComplete,
  versionsAdvance,
  oneTransaction,
  numbering,
  legalSteps,
  alertIsFold,
  linkedToLast,
  listsAgree,
  oneOpenAlert,
  oneDecision,
  decisionEarned,
  releaseEarned,
  toldAfterCommit,
  sentIsPublished,
  heard,
  receiversAgree,
  alarmCovered,
  countCovered,
  meanCovered,
  deadlineKept,
  clearEarned,
  downEarned,
  endsWhenOver,
  raiseEarned,
  valueOrigin,
  silenceEarned,
  silenceFound,
  watermarkTrue,
  canarySent,
  ticksPlanned,
  delayTold,
  delayEarned,
  correlationRaised,
  correlationEarned,
  correlationEnds,
  limitKept,
  limitSetOnce,
  tighteningJudged,
  acknowledgementKept,
  logsClean,
  nothingOverdue,
];

/** What the laws find in a view, each finding with the name of its law. */
export const foundBy = (some: readonly Law[], view: View): Violation[] =>
  some.flatMap(({ name, check }) => check(view).map((finding) => ({ law: name, ...finding })));

/**
 * What of the promises does not hold in `history`; nothing when nothing was lost and nothing invented.
 *
 * It works by itself from what was accepted and what the world saw; the product's code has no part in it.
 */
export function judge(history: History): Violation[] {
  return foundBy(laws, viewOf(history));
}
