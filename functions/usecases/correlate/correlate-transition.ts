import type { Subject, Transition } from '../../domain/alerts/alert.ts';
import { factsOf, scopeOfCorrelation, subjectsOf } from '../../domain/alerts/correlated.ts';
import type { Parent } from '../../domain/notify/decide.ts';
import { bounded } from '../../domain/rules/correlate/bounds.ts';
import { termsOf } from '../../domain/rules/correlate/correlations.ts';
import { severityAt } from '../../domain/rules/correlate/judge.ts';
import { type Fact, withFact } from '../../domain/rules/correlate/members.ts';
import { type CorrelationState, isChildSlot } from '../../domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../domain/rules/correlation-rule.ts';
import { inTurn } from '../in-turn.ts';
import { type CorrelateDeps, correlateTriesMax, heldUp } from './deps.ts';
import { openCorrelation, type Stepped, stepCorrelation } from './step.ts';

/** Tells every correlation that names the transition's rule of it. @returns the alerts that mute it (semantics 21) */
export type Correlate = (transition: Transition) => Promise<readonly Parent[]>;

/**
 * Takes a transition into the state of each correlation that names its rule, and raises what follows.
 *
 * Idempotent and without order, so the stream and the sweep may both do it. For a rule that no correlation names, which is
 * nearly every one, there is no call to any store. It asks no watermark: what needs one, ends and absences, is the sweep's.
 *
 * @throws AdapterError, HeldUpError: the transition then is not in every state yet
 */
export function correlateTransition(deps: CorrelateDeps): Correlate {
  const turn = inTurn();
  return async (transition) => {
    const parents: Parent[] = [];
    for (const rule of deps.correlations.naming(transition.matter.ruleId)) {
      for (const subject of subjectsOf(rule, transition)) {
        const key = `${rule.id}#${subject.id}`;
        const stepped = await turn(key, () => takeIn(deps, rule, subject, transition));
        const parent = parentOf(rule, subject, stepped, transition);
        if (parent !== undefined) parents.push(parent);
      }
    }
    return parents;
  };
}

type Taken = Exclude<Stepped, { readonly outcome: 'lost' }>;

async function takeIn(
  deps: CorrelateDeps,
  rule: CorrelationRule,
  subject: Subject,
  transition: Transition,
): Promise<Taken> {
  const { alertId, version, at } = transition;
  const { alerts } = deps;
  for (let tries = 0; tries < correlateTriesMax; tries += 1) {
    const opened = await openCorrelation(deps, rule, subject);
    const news = factsOf(rule, transition).filter((fact) => isNews(opened.state, fact, transition));
    const since = news.some((fact) => mayBeOver(opened.state, fact)) ? await alerts.transitions(alertId) : [];
    const later = since.filter((one) => one.version > version).flatMap((one) => factsOf(rule, one));
    // What became of the alert since: the order of facts does not matter, so they may as well come now.
    const known = [...news, ...later].reduce(
      (state, fact) => withFact(state, fact, rule.withinMs),
      opened.state,
    );
    const state = bounded(known, termsOf(rule));
    const cause = { now: at, watermark: undefined, trigger: { alertId, version } };
    const stepped = await stepCorrelation(deps, opened, state, cause);
    if (stepped.outcome !== 'lost') return stepped;
  }
  throw heldUp(rule.id, subject.id);
}

/**
 * That nothing mutes an alert any more says nothing of whether it stands. One that a crowded correlation has forgotten, and
 * released for that, is no member again by it: else it would push out the next, which is released, and so on for ever.
 */
const isNews = ({ members }: CorrelationState, { alertId, slot }: Fact, { change }: Transition): boolean =>
  change !== 'inhibition-ended' || members.some((one) => one.alertId === alertId && one.slot === slot);

/**
 * Somebody begins to stand at a time of which members were forgotten, and may have been one of them: its end was taken in then,
 * is forgotten with it, and never comes again.
 */
const mayBeOver = ({ floor }: CorrelationState, { rank, at }: Fact): boolean => rank >= 0 && at <= floor;

/** The correlation's alert, if it mutes and has this one among its children. */
function parentOf(
  rule: CorrelationRule,
  subject: Subject,
  { state, alertId }: Taken,
  transition: Transition,
): Parent | undefined {
  const { open } = state;
  if (rule.role === 'alert' || open === undefined || alertId === undefined) return undefined;
  if (!isChild(state, transition.alertId)) return undefined;
  // The area of the alert itself, not of members that came later.
  const place = state.place === undefined ? undefined : { ...state.place, area: open.area };
  const scope = scopeOfCorrelation(rule, subject, { ...state, place });
  return { alertId, severity: severityAt(open.rank), kind: rule.kind, scope };
}

const isChild = ({ kind, members }: CorrelationState, alertId: string): boolean =>
  members.some((member) => member.alertId === alertId && isChildSlot(kind, member.slot));
