import { rank, type Told } from '../facts/alerts.ts';
import type { Law } from '../law.ts';

type Standing = 'none' | 'firing' | 'stale' | 'recovered';

/** What a change may follow, what it leaves, and what it does to the severity (design 5, semantics 12, 14). */
interface Step {
  readonly from: readonly Standing[];
  readonly to: readonly string[];
  readonly severity: 'any' | 'same' | 'up' | 'down';
}

const standing = ['firing', 'stale'] as const;
const unchanged = { from: standing, to: standing, severity: 'same' } as const;

const steps: Readonly<Record<string, Step>> = {
  raised: { from: ['none'], to: standing, severity: 'any' },
  occurrence: { from: ['recovered'], to: standing, severity: 'any' },
  'severity-up': { from: standing, to: standing, severity: 'up' },
  'severity-down': { from: standing, to: standing, severity: 'down' },
  stale: { from: ['firing'], to: ['stale'], severity: 'same' },
  'firing-again': { from: ['stale'], to: ['firing'], severity: 'same' },
  recovered: { from: standing, to: ['recovered'], severity: 'same' },
  acknowledged: {
    from: ['firing', 'stale', 'recovered'],
    to: ['firing', 'stale', 'recovered'],
    severity: 'same',
  },
  linked: unchanged,
  'inhibition-ended': unchanged,
};

/** Changes that leave the condition as it was. */
const keepsCondition = new Set(['acknowledged', 'linked', 'inhibition-ended']);
/** Changes after which people must look again (design 5). */
const reopens = new Set(['raised', 'occurrence', 'severity-up']);

/** Why `next` may not follow `before`; undefined when it may. */
function trouble(before: Told | undefined, next: Told): string | undefined {
  const step = steps[next.change];
  if (step === undefined) return `there is no change ${next.change}`;
  if (before?.closed === true) return 'the alert was closed';
  const from = before?.condition ?? 'none';
  if (!step.from.some((one) => one === from)) return `it may not follow ${from}`;
  if (!step.to.includes(next.condition)) return `it may not leave ${next.condition}`;
  if (before !== undefined && keepsCondition.has(next.change) && next.condition !== before.condition)
    return `it changed the condition from ${before.condition} to ${next.condition}`;
  const rise = before === undefined ? 0 : rank(next.severity) - rank(before.severity);
  const isRight = { any: true, same: rise === 0, up: rise > 0, down: rise < 0 }[step.severity];
  if (!isRight) return `severity went from ${before?.severity} to ${next.severity}`;
  const handling = reopens.has(next.change)
    ? 'open'
    : next.change === 'acknowledged'
      ? 'acknowledged'
      : before?.handling;
  if (next.handling !== handling) return `handling is ${next.handling} and should be ${handling}`;
  if (next.change === 'acknowledged' && before?.handling !== 'open')
    return `it was ${before?.handling} already`;
  const occurrences = (before?.occurrences ?? 1) + (next.change === 'occurrence' ? 1 : 0);
  if (next.occurrences !== occurrences)
    return `it counts ${next.occurrences} occurrences, not ${occurrences}`;
  if (before !== undefined && before.subject.id !== next.subject.id) return 'the subject changed';
  if (before !== undefined && before.matter.ruleId !== next.matter.ruleId) return 'the rule changed';
  return undefined;
}

/** Every step of an alert is one of the table's, and no other (design 5). */
export const legalSteps: Law = {
  name: 'legal-steps',
  check: ({ told }) =>
    [...told.values()].flatMap((some) =>
      some.flatMap((next, place) => {
        const why = trouble(some[place - 1], next);
        return why === undefined ? [] : [{ what: `${next.id} ${next.change}: ${why}`, at: next.writtenAt }];
      }),
    ),
};
