import type { WatermarkStep } from '../../history.ts';
import { callMaxMs, hostClockErrorMaxMs, watermarkAgeMaxMs } from '../bounds.ts';
import type { Told } from '../facts/alerts.ts';
import { matterKey } from '../facts/episodes.ts';
import type { Law } from '../law.ts';

/** Least and greatest age that the watermark can have had for whoever judged it at `at`. */
function agesAt(steps: readonly WatermarkStep[], at: number) {
  const from = at - callMaxMs - hostClockErrorMaxMs;
  const to = at + hostClockErrorMaxMs;
  const inForce = steps.filter(
    (step, place) => step.at <= to && (steps[place + 1]?.at ?? Number.POSITIVE_INFINITY) >= from,
  );
  const stood = inForce.map(({ until, firstDueAt }) => until ?? firstDueAt);
  return {
    least: at - hostClockErrorMaxMs - Math.max(...stood),
    greatest: at + hostClockErrorMaxMs - Math.min(...stood),
  };
}

function trouble({ change, at }: Told, steps: readonly WatermarkStep[]): string | undefined {
  const { least, greatest } = agesAt(steps, at);
  if (change === 'recovered')
    return least <= watermarkAgeMaxMs ? undefined : `the watermark was at least ${least} ms old`;
  if (change !== 'raised' && change !== 'occurrence') return undefined;
  return greatest > watermarkAgeMaxMs ? undefined : `the watermark was at most ${greatest} ms old`;
}

/**
 * Nobody is told that our own telemetry lags when it does not, or that it no longer does while it does: `system.telemetry-delayed`
 * is raised on a watermark over 30 s old and ends on a younger one (semantics 13).
 */
export const delayEarned: Law = {
  name: 'delay-earned',
  check: ({ matters, watermark }) =>
    (matters.get(matterKey('system.telemetry-delayed', 'platform'))?.told ?? []).flatMap((told) => {
      const why = trouble(told, watermark);
      return why === undefined
        ? []
        : [{ what: `${told.id} is ${told.change}, but ${why}`, at: told.writtenAt }];
    }),
};
