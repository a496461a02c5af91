import type { Law } from '../law.ts';

/**
 * Nobody is told that an alert is no longer muted which never was: it had pointed to the root cause that stood for it
 * (semantics 12, 21). The city's correlations mute nobody.
 */
export const releaseEarned: Law = {
  name: 'release-earned',
  check: ({ told }) =>
    [...told.values()].flatMap((own) =>
      own.flatMap(({ id, change, version, matter, writtenAt }) => {
        if (change !== 'inhibition-ended') return [];
        const wasMuted = own.some((one) => one.cause !== undefined && one.version < version);
        if (wasMuted) return [];
        return [
          {
            what: `${id} of ${matter.ruleId} says that it is no longer muted, and it never was`,
            at: writtenAt,
          },
        ];
      }),
    ),
};
