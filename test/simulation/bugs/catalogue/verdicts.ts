import type { SeededBug } from '../bug.ts';

const machine = 'functions/domain/rules/engine/';

/** What raises, what clears, and when. */
export const verdictBugs: readonly SeededBug[] = [
  {
    name: 'tightening-waits',
    story: 'a limit that was tightened is asked of the next reading only',
    file: 'functions/domain/rules/engine/limit-change.ts',
    find: '  if (last === undefined) return;',
    replace: '  if (last === undefined || input.at > 0) return;',
  },
  {
    name: 'above-instead-of-at-least',
    story: 'a limit is passed only above it: > for >=',
    file: 'functions/domain/rules/evaluate-expression.ts',
    find: '? value >= limit : undefined',
    replace: '? value > limit : undefined',
  },
  {
    name: 'late-data-clears',
    story: 'a late reading is judged as if it were the newest',
    file: `${machine}step.ts`,
    find: 'if (input.isLate) return reading && applyLate(condition, cell, reading, around);',
    replace: '',
  },
  {
    name: 'late-data-ignored',
    story: 'a late reading is dropped',
    file: `${machine}step.ts`,
    find: 'if (input.isLate) return reading && applyLate(condition, cell, reading, around);',
    replace: 'if (input.isLate) return undefined;',
  },
  {
    name: 'clears-at-the-alarm-limit',
    story: 'an alarm ends below its own limit, without hysteresis',
    file: `${machine}verdict.ts`,
    find: 'const clears = verdict === false && (clear === undefined || clear(frame) === true);',
    replace: 'const clears = verdict === false && (clear === undefined || clear(frame) !== undefined);',
  },
  {
    name: 'clears-at-once',
    story: 'the first good reading ends an alarm, without clearFor',
    file: `${machine}in-order.ts`,
    find: `    machine.phase = phases.clearing;
    machine.clearSince = t;`,
    replace: `    machine.clearSince = t;
    recover(machine, t);`,
  },
  {
    name: 'never-clears',
    story: 'an alarm that should end is only noted as about to end',
    file: `${machine}in-order.ts`,
    find: 'if (t - machine.clearSince >= clearForMs) recover(machine, t);',
    replace: 'if (t - machine.clearSince >= 100 * clearForMs) recover(machine, t);',
  },
  {
    name: 'bad-quality-clears',
    story: 'a reading under calibration ends an alarm like a good one',
    file: `${machine}verdict.ts`,
    find: "if (effect === 'hold') return said(verdict, 'held');",
    replace: "if (effect === 'hold' && verdict === true) return said(verdict, 'held');",
  },
  {
    name: 'fault-is-zero',
    story: 'a sensor with a fault counts as one that measures nothing',
    file: `${machine}verdict.ts`,
    find: "reading.quality === 'good' ? 'good' : condition.rule.quality[reading.quality];",
    replace:
      "reading.quality === 'good' || reading.quality === 'fault' ? 'good' : condition.rule.quality[reading.quality];",
  },
  {
    name: 'over-range-is-unknown',
    story: 'a value beyond the range of its sensor says nothing',
    file: `${machine}verdict.ts`,
    find: "effect === 'raise' && (reading.quality === 'over-range' ||",
    replace: "effect === 'raise' && (reading.quality !== 'over-range' &&",
  },
  {
    name: 'run-without-its-length',
    story: 'a breach raises at once, whatever its for',
    file: `${machine}in-order.ts`,
    find: 'if (t - machine.since >= severity.rule.forMs && admits(',
    replace: 'if (t - machine.since >= 0 && admits(',
  },
  {
    name: 'run-one-reading-too-long',
    story: 'a breach of exactly its for does not raise: > for >=',
    file: `${machine}in-order.ts`,
    find: 'if (t - machine.since >= severity.rule.forMs && admits(',
    replace: 'if (t - machine.since > severity.rule.forMs && admits(',
  },
  {
    name: 'run-starts-again',
    story: 'every reading of a breach starts its for again',
    file: `${machine}in-order.ts`,
    find: '  if (said.when === true) countBreach(severity, machine, t);',
    replace:
      '  if (said.when === true && machine.phase === phases.pending) machine.since = t;\n  if (said.when === true) countBreach(severity, machine, t);',
  },
  {
    name: 'deadline-by-the-devices-clock',
    story: 'the deadline of a run is counted from the time of the device',
    file: `${machine}in-order.ts`,
    find: 'const deadlineAt = receivedAt + severity.rule.forMs + condition.graceMs;',
    replace: 'const deadlineAt = t + severity.rule.forMs;',
  },
  {
    name: 'deadline-forgotten',
    story: 'a run that waits has no deadline: without a further reading it never raises',
    file: `${machine}gate.ts`,
    find: 'rule.times !== undefined && rule.forMs === 0 ? never : deadlineAt;',
    replace: 'rule.times !== undefined || rule.forMs > 0 ? never : deadlineAt;',
  },
  {
    name: 'count-off-by-one',
    story: 'times raises one breach too late',
    file: `${machine}hits.ts`,
    find: '    if (counted >= count) return true;',
    replace: '    if (counted > count) return true;',
  },
  {
    name: 'count-without-its-window',
    story: 'times counts breaches however long ago they were',
    file: `${machine}hits.ts`,
    find: 'const from = Math.max(t - withinMs, after);',
    replace: 'const from = Math.max(t - 10 * withinMs, after);',
  },
  {
    name: 'mean-divides-by-one-more',
    story: 'a mean is divided by one reading more than there are',
    file: 'functions/domain/rules/windows/figure.ts',
    find: 'return found.sum / found.count;',
    replace: 'return found.sum / (found.count + 1);',
  },
  {
    name: 'mean-of-half-the-window',
    story: 'a mean is taken over half of its window',
    file: 'functions/domain/rules/windows/grid.ts',
    find: 'into.from = at - lengthMs;',
    replace: 'into.from = at - lengthMs / 2;',
  },
];
