/** What a person sees of the gate: one line a check, and the output of those that failed. */
import type { CheckResult } from './run-check.ts';

const tellEveryMs = 15_000;
/** Most lines shown of a failed check; the whole output is in its log. */
const shownLinesMax = 120;

const isTerminal = process.stdout.isTTY === true;
const paint = (code: number, text: string) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** Tells every now and then that `name` still runs; returns how to stop telling. */
export function tellWhileRunning(name: string, doing: () => string): () => void {
  const startedAt = performance.now();
  const ticker = setInterval(() => {
    const detail = doing();
    console.log(
      `  … ${name}, ${seconds(performance.now() - startedAt)}${detail === '' ? '' : `: ${detail}`}`,
    );
  }, tellEveryMs);
  ticker.unref();
  return () => clearInterval(ticker);
}

export function reportResult(name: string, result: CheckResult): void {
  const { counts, durationMs, output } = result;
  const mark = counts.failed === 0 ? paint(32, '✔') : paint(31, '✖');
  const told =
    counts.failed === 0 ? `${counts.passed} passed` : `${counts.passed} passed, ${counts.failed} failed`;
  console.log(`${mark} ${name.padEnd(22)} ${told.padEnd(24)} ${seconds(durationMs)}`);
  if (counts.failed === 0) return;
  const lines = output.split('\n');
  const shown = lines.slice(-shownLinesMax).map((line) => `    ${line}`);
  if (lines.length > shown.length) console.log(`    (the last ${shown.length} of ${lines.length} lines)`);
  console.log(shown.join('\n'));
}
