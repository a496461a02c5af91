import assert from 'node:assert/strict';
import { readBookFile } from '../../../cli/rules/book-file.ts';
import { nestingMax, nestingOf } from '../../../cli/rules/nesting.ts';
import { plainYaml } from '../../../cli/rules/plain-yaml.ts';
import { renderProblem } from '../../../cli/rules/problem.ts';
import { bookOf, bookText } from '../../../cli/rules/rule-folder.ts';
import { readWholeYaml } from '../../../cli/rules/yaml-document.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { registrationOf } from '../../support/registration.ts';
import type { FuzzTarget } from '../target.ts';

const file = 'rules/gas/x.yaml';
const device = registrationOf({ deviceId: 'mine-07' });

/** A file of the folder of rules: told with places, or a rule that can be stored and bound to a device. */
export const target: FuzzTarget = {
  bytesMax: 1_500,
  shortInputs: 400,
  words: [
    'when: ',
    'clear: ',
    'limits.',
    ' >= ',
    ' && ',
    'avg(',
    '10m',
    ': { ',
    '\n  ',
    '- ',
    'retired:',
    'correlate:',
  ],
  run: (input) => {
    const text = input.toString('utf8');
    const plain = plainYaml(text);
    if (plain !== undefined && nestingOf(text) <= nestingMax) {
      const whole = readWholeYaml(file, text);
      assert.deepEqual(plain.value, whole.value);
      assert.deepEqual(whole.problems, []);
    }
    const read = readBookFile(file, text);
    if (read.kind === 'broken') {
      assert(read.problems.length > 0);
      for (const problem of read.problems) {
        assert(problem.line >= 1 && problem.column >= 1);
        assert.doesNotMatch(renderProblem(problem).replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
      }
      return;
    }
    if (read.kind !== 'rule') return;
    const book = bookOf([read.rule]);
    assert.deepEqual(JSON.parse(bookText(book)), JSON.parse(JSON.stringify(book)));
    bindDevice(book, device);
  },
};
