/** A case as a timeline: readings, what was expected, what came. */
import { durationText } from '../rules/duration-text.ts';
import { compare, holds, type Line, lineText } from './compare.ts';
import type { Case, ProofFile } from './proof-file.ts';
import { type Came, stepMsOf } from './run-case.ts';
import type { Step } from './series.ts';

const stepText = (step: Step): string => {
  if (step === 'gap') return '_';
  const value = step.value === undefined ? '' : String(step.value);
  return step.quality === 'good' ? value : `${value}!${step.quality}`;
};

/** What the other sensors say at step `i`. */
const othersText = ({ others, peers }: Case, i: number): string => {
  const all = [
    ...Object.entries(others ?? {}),
    ...Object.entries(peers ?? {}).flatMap(([id, many]) => many.map((steps) => [id, steps] as const)),
  ];
  const said = all.flatMap(([name, steps]) =>
    steps[i] === undefined ? [] : [`${name} ${stepText(steps[i])}`],
  );
  return said.length > 0 ? `   (${said.join(', ')})` : '';
};

/** Steps at which something happens, their neighbours, the first and the last. */
function interesting(one: Case, stepMs: number, lines: readonly Line[]): ReadonlySet<number> {
  const last = one.readings.length - 1;
  const near = lines.flatMap(({ at }) => {
    const step = Math.floor(at / stepMs);
    return [step - 1, step, step + 1];
  });
  return new Set([0, last, ...near].filter((step) => step >= 0 && step <= last));
}

/** The case with its readings and transitions, one instant a line; long quiet stretches are left out. */
export function timeline(proof: ProofFile, one: Case, came: readonly Came[]): string {
  const lines = compare(proof.rule, one, came);
  const stepMs = stepMsOf(proof, one);
  const shown = interesting(one, stepMs, lines);
  const rows: { at: number; text: string }[] = lines.map((line) => ({
    at: line.at,
    text: `            ${lineText(line)}`,
  }));
  let hidden = 0;
  one.readings.forEach((step, i) => {
    const at = i * stepMs;
    if (!shown.has(i)) hidden++;
    else {
      if (hidden > 0) rows.push({ at: at - 1, text: `… ${hidden} more` });
      hidden = 0;
      rows.push({ at, text: `${stepText(step)}${othersText(one, i)}` });
    }
  });
  // A reading stands before what it caused; Array.sort keeps the order of equals.
  rows.sort((a, b) => a.at - b.at || Number(a.text.startsWith(' ')) - Number(b.text.startsWith(' ')));
  const title = `${holds(lines) ? 'ok  ' : 'FAIL'} ${proof.rule}: ${one.name}`;
  const body = rows.map(
    ({ at, text }) => `${(text.startsWith('…') ? '' : durationText(at)).padStart(12)}  ${text}`,
  );
  return [title, ...body].join('\n');
}
