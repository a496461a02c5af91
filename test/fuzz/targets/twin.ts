import assert, { AssertionError } from 'node:assert/strict';
import { bundledRuleBook } from '../../../functions/adapters/rule-book/bundled.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { decodeTwin } from '../../../functions/domain/twin/twin.ts';
import { registrationOf } from '../../support/registration.ts';
import type { FuzzTarget } from '../target.ts';

const rules = bindDevice(bundledRuleBook(), registrationOf({ deviceId: 'mine-07' }));

/** Stored bytes of a device, damaged: told as damaged, left alone as newer, or a twin. */
export const target: FuzzTarget = {
  bytesMax: 1_000,
  shortInputs: 10_000,
  words: ['test.rule', 'b1', '\x01', '\x02', '\x03', '\xff\xff\xff\xff\x7f'],
  run: (input) => {
    try {
      const decoded = decodeTwin(input, rules);
      if (decoded.ok) assert(decoded.twin.rules.sensors.length === rules.sensors.length);
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
    }
  },
};
