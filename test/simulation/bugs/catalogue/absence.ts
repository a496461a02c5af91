import type { SeededBug } from '../bug.ts';

/** Silence, the watermark that it rests on, and what falls due. */
export const absenceBugs: readonly SeededBug[] = [
  {
    name: 'watermark-ignored',
    story: 'silence is told by our own clock, although our own way lags',
    file: 'functions/domain/rules/engine/timers.ts',
    find: 'watermark === undefined || now - watermark > watermarkAgeMaxMs ? never : watermark;',
    replace: 'watermark === undefined || now - watermark > watermarkAgeMaxMs ? now : now;',
  },
  {
    name: 'watermark-passes-a-hole',
    story: 'the watermark is the newest canary, whether or not one before it is missing',
    file: 'functions/domain/watermark.ts',
    find: 'const target = instant(Math.min(nearest ?? firstAwaited, firstAwaited));',
    replace: 'const target = instant(nearest ?? firstAwaited);',
  },
  {
    name: 'canary-not-marked-early',
    story: 'a canary that overtakes another is forgotten',
    file: 'functions/domain/watermark.ts',
    find: '.slice(0, earlyCountMax);',
    replace: '.slice(0, 1);',
  },
  {
    name: 'silence-is-not-stale',
    story: 'a firing alert whose sensor falls silent is still shown as firing',
    file: 'functions/domain/rules/engine/timers.ts',
    find: '  cell.isStale = true;\n  for (',
    replace: '  for (',
  },
  {
    name: 'silence-ends-at-once',
    story: 'one reading ends a silence',
    file: 'functions/domain/rules/engine/in-order.ts',
    find: '    cell.silence = phases.clearing;\n    cell.silenceClearSince = t;',
    replace: '    cell.silence = phases.idle;\n    cell.silenceClearSince = never;',
  },
  {
    name: 'silence-clears',
    story: 'a firing alert ends when its sensor falls silent: no data, no breach',
    file: 'functions/domain/rules/engine/timers.ts',
    find: 'for (const machine of cell.machines) stopClearing(machine);',
    replace: 'for (const machine of cell.machines) machine.phase = phases.idle;',
  },
  {
    name: 'deadline-lost-when-written',
    story: 'ingest writes a twin without its deadline',
    file: 'functions/usecases/device-session.ts',
    find: '? storedDue(session.storedDueAt, next, now)',
    replace: '? undefined',
  },
  {
    name: 'wrong-shard-of-deadlines',
    story: 'the last partition of the index of deadlines is never asked',
    file: 'functions/adapters/dynamo/twin-store.ts',
    find: 'Array.from({ length: dueShardCount }, (_, shard)',
    replace: 'Array.from({ length: dueShardCount / 2 }, (_, shard)',
  },
  {
    name: 'mark-before-work',
    story: 'a tick is marked before its work, so that a crash leaves a hole',
    file: 'functions/usecases/sweep/run-ticks.ts',
    find: 'if (due.length === 0) return;',
    replace: 'if (due.length === 0) return;\n    for (const at of due) await ticks.mark(at, clock.now());',
  },
  {
    name: 'ticks-planned-once',
    story: 'a minute plans its own ticks only, as if the scheduler came to the second',
    file: 'functions/usecases/sweep/plan-ticks.ts',
    find: 'export const planAhead = seconds(240);',
    replace: 'export const planAhead = seconds(60);',
  },
  {
    name: 'fan-out-never-finished',
    story: 'sweep does not go on with a change of limits that was left half-way',
    file: 'functions/usecases/sweep-devices.ts',
    find: "for (const item of due) if (item.kind === 'fan-out') await",
    replace: "for (const item of due) if (item.kind === 'fan-out' && item.id === '') await",
  },
  {
    name: 'fan-out-forgotten',
    story: 'a limit is set and no device is told',
    file: 'functions/usecases/limits/fan-out.ts',
    find: 'const reached = await refreshAll(deps, fanOut, devices);',
    replace: 'const reached = devices.length;',
  },
];
