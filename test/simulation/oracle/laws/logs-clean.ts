import type { Law } from '../law.ts';

/** Personal data never in logs (design 8): none of the canary texts that people and devices put in. */
export const logsClean: Law = {
  name: 'logs-clean',
  check: ({ history }) =>
    (history.personal ?? []).flatMap((canary) => {
      const line = history.logs.find((one) => one.includes(canary));
      return line === undefined ? [] : [{ what: `a log line shows ${canary}: ${line.slice(0, 120)}` }];
    }),
};
