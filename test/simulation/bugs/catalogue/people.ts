import type { SeededBug } from '../bug.ts';

/** What people do, and several alerts that are one matter. */
export const peopleBugs: readonly SeededBug[] = [
  {
    name: 'request-logged-whole',
    story: 'the line of a request has its body, and in it what people write of people',
    file: 'functions/handlers/api/handler.ts',
    find: '{ requestId, method: http.method, status, problem, ...outcome.facts }',
    replace: "{ requestId, method: http.method, status, problem, ...outcome.facts, body: parsed.body ?? '' }",
  },
  {
    name: 'acknowledged-without-commit',
    story: 'a lost race is answered as if the acknowledgement were there',
    file: 'functions/usecases/alerts/acknowledge-alert.ts',
    find: "return written === 'conflict' ? written : done(after);",
    replace: 'return written === undefined ? written : done(after);',
  },
  {
    name: 'acknowledged-stays-acknowledged',
    story: 'neither a rise in severity nor a new episode opens the handling again',
    file: 'functions/domain/alerts/change.ts',
    find: "['occurrence', 'severity-up']",
    replace: '[]',
  },
  {
    name: 'closed-when-recovered',
    story: 'an alert that has recovered is closed, whatever people have done',
    file: 'functions/domain/alerts/closing.ts',
    find: "if (alert.condition !== 'recovered') return false;",
    replace:
      "if (alert.condition === 'recovered') return true;\n  if (alert.gravest !== alert.gravest) return false;",
  },
  {
    name: 'members-by-arrival',
    story: 'of a member of a correlation only the version that came last counts',
    file: 'functions/domain/rules/correlate/members.ts',
    find: 'const runs = joined(before, fact);',
    replace: 'const runs = joined([], fact);',
  },
  {
    name: 'member-ends-at-once',
    story: 'a member of a correlation counts until its recovery and not for some time after',
    file: 'functions/domain/rules/correlate/members.ts',
    find: 'to: Math.max(open.from, run.at) + withinMs });',
    replace: 'to: Math.max(open.from, run.at) + 0 * withinMs });',
  },
  {
    name: 'correlation-counts-itself-enough',
    story: 'a correlation raises with one member less than it needs',
    file: 'functions/domain/rules/correlate/holds.ts',
    find: "if (kind === 'count') return countHolds(some, count);",
    replace: "if (kind === 'count') return countHolds(some, count - 1);",
  },
  {
    name: 'correlation-ends-without-watermark',
    story: 'a correlation ends by the clock, before what is late can have come',
    file: 'functions/domain/rules/correlate/judge.ts',
    find: 'if (input.watermark === undefined || input.watermark <= end)',
    replace: 'if (input.now <= end)',
  },
  {
    name: 'correlation-failure-swallowed',
    story: 'a transition that could not be correlated is decided, and no correlation ever hears of it',
    file: 'functions/usecases/notify-transition.ts',
    find: 'return isPassing(error) ? { parents: [], failure: error } : { parents: [] };',
    replace: 'return { parents: [] };',
  },
];
