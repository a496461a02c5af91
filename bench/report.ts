/** What a person reads of a bench, and the same as JSON. */
import { writeFile } from 'node:fs/promises';
import { type Figure, type Findings, isMet } from './figures.ts';
import { calmLoadMax, type Machine } from './machine.ts';
import { shown } from './numbers.ts';

export interface Report extends Findings {
  readonly bench: string;
  readonly command: string;
  readonly startedAt: string;
  readonly machine: Machine;
}

/** Progress goes beside the figures, so that these can be piped. */
export const tell = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};

function rowOf(figure: Figure): readonly string[] {
  const { name, value, unit, goal, atLeast, note } = figure;
  const met = isMet(figure);
  const promised = goal === undefined ? '' : `${atLeast ? '>=' : '<='} ${shown(goal)}`;
  const mark = met === undefined ? '' : met ? ' met' : ' MISSED';
  return [name, value === undefined ? 'not measured' : shown(value), unit, promised + mark, note ?? ''];
}

const headings = ['figure', 'value', 'unit', 'goal', 'how'];
/** The one column of numbers. */
const valueColumn = 1;

/** The figures as text for a terminal. */
export function tableOf({ bench, command, startedAt, machine, groups, remarks = [] }: Report): string {
  const lines = [
    `${bench}: ${startedAt}, ${machine.coreCount} x ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load}`,
    command,
  ];
  for (const { title, figures } of groups) {
    const rows = [headings, ...figures.map(rowOf)];
    const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]) =>
      row
        .map((cell, column) =>
          column === valueColumn ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd();
    lines.push('', title, ...rows.map((row) => `  ${line(row)}`));
  }
  if (machine.load > calmLoadMax)
    lines.push('', `! load ${machine.load} at the start: times and rates suffer, counts and sizes do not`);
  return [...lines, ...(remarks.length > 0 ? [''] : []), ...remarks.map((remark) => `* ${remark}`), ''].join(
    '\n',
  );
}

/** Prints the table; with `jsonFile` the report goes there too, `-` being standard output in the table's place. */
export async function publish(report: Report, jsonFile: string | undefined): Promise<void> {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (jsonFile === '-') process.stdout.write(json);
  else process.stdout.write(tableOf(report));
  if (jsonFile !== undefined && jsonFile !== '-') await writeFile(jsonFile, json);
}
