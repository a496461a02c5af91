import assert from 'node:assert/strict';
import { readProof } from '../../../cli/proofs/read-proof.ts';
import { readSeries, stepCountMax } from '../../../cli/proofs/series.ts';
import { renderProblem } from '../../../cli/rules/problem.ts';
import type { FuzzTarget } from '../target.ts';

/** A proof file, and its first line as a series. */
export const target: FuzzTarget = {
  bytesMax: 1_200,
  shortInputs: 500,
  words: [
    '0.4+0.1x10',
    '_x4',
    '1.2x3',
    '2!calibrating',
    '!fault',
    'shows: fires',
    'cases:',
    'expect:',
    'series:',
  ],
  run: (input) => {
    const text = input.toString('utf8');
    const proof = readProof('rules/x.test.yaml', text, undefined);
    if (!proof.ok) {
      assert(proof.problems.length > 0);
      for (const problem of proof.problems) renderProblem(problem);
    }
    for (const line of text.split('\n', 1)) {
      const series = readSeries(line);
      if (series.ok) assert(series.steps.length > 0 && series.steps.length <= stepCountMax);
      else assert(series.message.length > 0);
    }
  },
};
