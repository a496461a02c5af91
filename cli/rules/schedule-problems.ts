/** What is wrong with the schedules of a rule (semantics 16). */
import type { ScheduleInFile } from '../../functions/domain/rules/schema/schedule.ts';
import { severities } from '../../functions/domain/severity.ts';
import type { RuleInFile } from './meaning.ts';
import type { Problem } from './problem.ts';
import { zoneFinding } from './time-zones.ts';
import type { FieldPath } from './yaml-document.ts';

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

/** Minutes of the week in which a stretch is open, Monday 00:00 first. */
function minutesOf({ days, from, to }: ScheduleInFile['windows'][number]): readonly number[] {
  const length = to > from ? to - from : to - from + dayMinutes;
  return days.flatMap((day) =>
    Array.from({ length }, (_, i) => ((day - 1) * dayMinutes + from + i) % weekMinutes),
  );
}

/** Findings on one schedule. */
function scheduleFindings({ document }: RuleInFile, at: FieldPath, schedule: ScheduleInFile): Problem[] {
  const found: Problem[] = [];
  const zone = zoneFinding(schedule.zone);
  if (zone) found.push(document.problemAt([...at, 'zone'], zone.message, zone.remedy));
  const open = new Set<number>();
  schedule.windows.forEach((window, i) => {
    const own = minutesOf(window);
    if (new Set(own).size < own.length || own.some((minute) => open.has(minute)))
      found.push(
        document.problemAt([...at, 'windows', i], 'overlaps another stretch', 'let them only touch'),
      );
    for (const minute of own) open.add(minute);
  });
  if (open.size === weekMinutes && schedule.holidays.length === 0)
    found.push(document.problemAt([...at, 'windows'], 'is open all the week', 'leave the schedule out'));
  schedule.holidays.forEach((date, i) => {
    if (schedule.holidays.indexOf(date) < i)
      found.push(document.problemAt([...at, 'holidays', i], 'stands here twice', 'delete one'));
  });
  if (schedule.onHolidays !== undefined && schedule.holidays.length === 0)
    found.push(
      document.problemAt([...at, 'onHolidays'], 'there are no holidays', 'list them, or leave it out'),
    );
  return found;
}

/** Findings on all schedules: zones, stretches that overlap or never close, holidays. */
export function scheduleProblems(rule: RuleInFile): Problem[] {
  return severities.flatMap((severity) => {
    const schedule = rule.file.severities[severity]?.schedule;
    return schedule ? scheduleFindings(rule, ['severities', severity, 'schedule'], schedule) : [];
  });
}
