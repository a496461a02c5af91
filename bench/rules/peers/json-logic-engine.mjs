/** json-logic-engine with its compiler: one built function a condition. */
import { LogicEngine } from 'json-logic-engine';

const operators = { ge: '>=', lt: '<' };
const engine = new LogicEngine();

function bits(asked) {
  const built = asked.map(({ op, limit }) => engine.build({ [operators[op]]: [{ var: 'value' }, limit] }));
  return (value) => {
    const data = { value };
    let found = 0;
    for (let i = 0; i < built.length; i++) if (built[i](data) === true) found |= 1 << i;
    return found;
  };
}

export const peer = {
  name: 'json-logic-engine',
  prepare: ({ whens, clears }) => ({ whens: bits(whens), clears: bits(clears) }),
};
