import type { Law } from '../law.ts';

/** Once the faults are over everything drains: nothing is left in any queue, dead letters too (design 2.1). */
export const queuesEmpty: Law = {
  name: 'queues-empty',
  check: ({ history }) =>
    [...history.left].flatMap(([queue, bodies]) =>
      bodies.length === 0 ? [] : [{ what: `${bodies.length} messages are left in queue ${queue}` }],
    ),
};
