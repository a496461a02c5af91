/** Plain compiled CEL: @marcbachmann/cel-js, one parsed function a condition, without unknown and without decimals. */
import { Environment } from '@marcbachmann/cel-js';
import { type Asked, bitsOf, type Peer } from './condition.ts';

const environment = new Environment().registerVariable('value', 'double');
const operators = { ge: '>=', lt: '<' } as const;

const predicate = ({ op, limit }: Asked): ((value: number) => boolean) => {
  const holds = environment.parse(`value ${operators[op]} ${limit.toFixed(2)}`);
  return (value) => holds({ value }) === true;
};

export const compiledCel: Peer = {
  name: 'compiled CEL',
  prepare: ({ whens, clears }) => ({
    whens: bitsOf(whens.map(predicate)),
    clears: bitsOf(clears.map(predicate)),
  }),
};
