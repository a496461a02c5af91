/** json-rules-engine, as its documentation has it: one engine a kind of sensor, one rule a condition. */
import { Engine } from 'json-rules-engine';

const operators = { ge: 'greaterThanInclusive', lt: 'lessThan' };

function bits(asked) {
  const engine = new Engine();
  for (const [index, { op, limit }] of asked.entries())
    engine.addRule({
      conditions: { all: [{ fact: 'value', operator: operators[op], value: limit }] },
      event: { type: 'holds', params: { index } },
    });
  return async (value) => {
    const { events } = await engine.run({ value });
    let found = 0;
    for (const { params } of events) found |= 1 << params.index;
    return found;
  };
}

export const peer = {
  name: 'json-rules-engine',
  prepare: ({ whens, clears }) => ({ whens: bits(whens), clears: bits(clears) }),
};
