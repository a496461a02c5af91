/** An explanation as a tree of lines. */
import * as z from 'zod';
import type { Zone } from '../backtest/input/zone.ts';
import { timeText } from '../backtest/table.ts';
import type { Clause } from './clauses.ts';
import type { Explanation, SeverityExplained } from './explanation.ts';
import type { DecisionRecord, RecordMachine } from './record.ts';
import { durationWord, type Say } from './words.ts';

const Cause = z.looseObject({
  rule: z.string(),
  inputs: z.array(z.looseObject({ input: z.string(), cause: z.string() })),
});

export interface Branch {
  readonly text: string;
  readonly of: readonly Branch[];
}

export interface Voice {
  readonly say: Say;
  readonly language: 'en' | 'zh';
  readonly zone: Zone;
}

const leaf = (text: string): Branch => ({ text, of: [] });
const branch = (text: string, of: readonly Branch[]): Branch[] => (of.length === 0 ? [] : [{ text, of }]);
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
/** With the unit as the rule writes it; switches and words have none, and `1` is that of a bare number. */
const measured = (value: unknown, unit: string): string =>
  typeof value === 'number' && unit !== '' && unit !== '1' ? `${value} ${unit}` : shown(value);
const mark = (verdict: boolean | null): string => (verdict === true ? '✓' : verdict === false ? '✗' : '?');

function clauseBranch(clause: Clause, voice: Voice): Branch {
  const { text, verdict, operands, missing, of } = clause;
  const { say } = voice;
  const values = operands.map(
    (one) => `${one.text} = ${one.value === null ? say('null') : shown(one.value)}`,
  );
  const known = values.length === 0 ? '' : `   (${values.join(', ')})`;
  return {
    text: `${mark(verdict)} ${text}  ${say(String(verdict))}${known}`,
    of: [
      ...of.map((one) => clauseBranch(one, voice)),
      ...missing.map((name) => leaf(`${say('missing')} ${name}`)),
    ],
  };
}

function timerText(machine: RecordMachine | undefined, { say, zone }: Voice): string {
  if (machine === undefined) return '-';
  const { phase, since, clearSince, deadlineAt, isHeld } = machine;
  const at = phase === 3 ? clearSince : since;
  const from = at === undefined || phase === 0 ? '' : ` ${timeText(at, zone)}`;
  const deadline =
    phase === 1 && deadlineAt !== undefined ? `, ${say('due')} ${timeText(deadlineAt, zone)}` : '';
  return `${say(`phase${phase}`)}${from}${deadline}${isHeld === true ? `, ${say('held')}` : ''}`;
}

function gapBranches(machine: RecordMachine | undefined, { say, zone }: Voice): Branch[] {
  const gaps = machine?.gaps ?? [];
  return gaps.flatMap((from, i) =>
    i % 2 === 0
      ? [leaf(`${say('gap')} ${timeText(from, zone)} ${say('to')} ${timeText(gaps[i + 1] ?? from, zone)}`)]
      : [],
  );
}

function timingOf(
  { forMs, clearForMs, dampedClearForMs, times }: SeverityExplained,
  say: Say,
): readonly string[] {
  return [
    ...(forMs ? [`for ${durationWord(forMs)}`] : []),
    ...(times ? [`${times.count} × ${durationWord(times.withinMs)}`] : []),
    ...(clearForMs ? [`clearFor ${durationWord(clearForMs)}`] : []),
    ...(dampedClearForMs ? [`${say('damped')} ${durationWord(dampedClearForMs)}`] : []),
  ];
}

function severityBranch(one: SeverityExplained, book: Explanation['book'], voice: Voice): Branch {
  const { say } = voice;
  const { severity, recorded, when, clear, unknowns, before, after } = one;
  const times = timingOf(one, say);
  const head = `${severity}${recorded === undefined ? '' : `: ${mark(recorded.when)} ${say(String(recorded.when))}`}`;
  const differs =
    recorded !== undefined && when !== undefined && recorded.when !== when.verdict && book !== 'same';
  return {
    text: times.length === 0 ? head : `${head}   [${times.join(', ')}]`,
    of: [
      ...(when === undefined ? [] : branch(say('when'), [clauseBranch(when, voice)])),
      ...(clear === undefined ? [] : branch(say('clear'), [clauseBranch(clear, voice)])),
      ...(when !== undefined && clear === undefined ? [leaf(say('clearless'))] : []),
      ...unknowns.map(({ input, cause }) => leaf(`${say('null')}: ${input}: ${cause}`)),
      ...(differs ? [leaf(say('differs'))] : []),
      leaf(`${say('timers')}: ${timerText(before, voice)} → ${timerText(after, voice)}`),
      ...gapBranches(before, voice),
    ],
  };
}

function readingBranches({ input }: DecisionRecord, unit: string, { say, zone }: Voice): Branch[] {
  return input.readings.map(({ phenomenonAt, receivedAt, value, quality, trusted }) => {
    const received = receivedAt === undefined ? '' : `, ${say('received')} ${timeText(receivedAt, zone)}`;
    const bad = quality === 'good' ? '' : `, ${quality}`;
    const doubt = trusted ? '' : `, ${say('untrusted')}`;
    return leaf(
      `${timeText(phenomenonAt, zone)}: ${value === undefined ? '-' : measured(value, unit)}${bad}${received}${doubt}`,
    );
  });
}

function limitBranches({ record: { limits }, unit, limitUnits }: Explanation, { say }: Voice): Branch[] {
  return Object.entries(limits).map(([name, { value, origin, scope, by, standard, clause, verified }]) => {
    const figure = value === undefined ? say('unset') : measured(value, limitUnits[name] ?? unit);
    const source = [standard, clause].filter((one) => one !== undefined).join(', ');
    const checked = say(verified === true ? 'verified' : 'not-verified');
    const set = scope === undefined ? '' : ` (${scope}, ${by ?? '-'})`;
    return leaf(
      `limits.${name} = ${figure}   ${say('origin')} ${shown(origin ?? '-')}${set}; ${source} (${checked})`,
    );
  });
}

function notes(
  { record, book, bookVersion, replay, effect, versions, version }: Explanation,
  { say }: Voice,
): Branch[] {
  const others = versions.filter((one) => one !== version);
  return [
    ...record.marks.map((one) => leaf(say(one))),
    ...(record.input.isLate === true && !record.marks.includes('late') ? [leaf(say('late'))] : []),
    ...(effect === undefined || effect === 'good' ? [] : [leaf(`${say('effect')}: ${effect}`)]),
    ...(record.dropped.length === 0 ? [] : [leaf(`${say('dropped')}: ${record.dropped.join(', ')}`)]),
    leaf(`${say(book)}${book === 'other-version' ? ` (${record.ruleVersion} → ${bookVersion})` : ''}`),
    leaf(say(`replay-${replay}`)),
    ...(others.length === 0 ? [] : [leaf(`${say('others')}: --transition ${others.join(', ')}`)]),
  ];
}

/** What raised an alert on the data of a sensor: its rules with their inputs, or a quality. */
function causeText(cause: unknown): string {
  const read = Cause.safeParse(cause);
  if (!read.success) return shown(cause);
  const inputs = [...new Set(read.data.inputs.map(({ input, cause: why }) => `${input}: ${why}`))];
  return `${read.data.rule}: ${inputs.join(', ')}`;
}

/** The whole tree. */
export function treeOf(explained: Explanation, voice: Voice): Branch {
  const { say, zone, language } = voice;
  const { record, title, unit, severities, book, inputs, windows, version } = explained;
  const number = version === undefined ? '' : `#${version} `;
  const of = title === undefined ? '' : `: ${title[language]}`;
  const causes = record.input.causes ?? [];
  return {
    text: `${number}${say(record.change)} ${record.severity}${of}   ${record.rule} / ${record.sensor}`,
    of: [
      leaf(
        `${say('at')} ${timeText(record.phenomenonAt, zone)} ${zone.name}, ${say('decided')} ${timeText(record.now, zone)}`,
      ),
      {
        text: `${say('because')} ${say(record.trigger)}`,
        of: [...readingBranches(record, unit, voice), ...causes.map((cause) => leaf(causeText(cause)))],
      },
      ...severities.toReversed().map((one) => severityBranch(one, book, voice)),
      ...branch(say('limits'), limitBranches(explained, voice)),
      ...branch(say('inputs'), [
        ...windows.map(({ text, count, oldestAt, newestAt }) =>
          leaf(
            `${text}: ${count} ${say('readings')}${count === 0 ? '' : `, ${timeText(oldestAt, zone)} ${say('to')} ${timeText(newestAt, zone)}`}`,
          ),
        ),
        ...Object.entries(inputs).map(([name, value]) => leaf(`${name}: ${shown(value)}`)),
      ]),
      ...branch(say('notes'), notes(explained, voice)),
    ],
  };
}

/** The tree as lines with branches drawn. */
export function treeLines({ text, of }: Branch): readonly string[] {
  const below = of.flatMap((one, i) => {
    const isLast = i === of.length - 1;
    return treeLines(one).map((line, row) =>
      row === 0 ? `${isLast ? '└─ ' : '├─ '}${line}` : `${isLast ? '   ' : '│  '}${line}`,
    );
  });
  return [text, ...below];
}
