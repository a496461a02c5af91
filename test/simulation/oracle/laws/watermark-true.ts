import { canaryEveryMs, canaryLostAfterMs } from '../bounds.ts';
import type { Law } from '../law.ts';

/**
 * The watermark is the newest canary before which none is missing (semantics 13): each up to it had come by then, or had been
 * missing for ten minutes; and it never goes back.
 */
export const watermarkTrue: Law = {
  name: 'watermark-true',
  check: ({ canaries, watermark }) => {
    const findings: { what: string; at: number }[] = [];
    let passed: number | undefined;
    for (const { at, firstDueAt, until } of watermark) {
      if (until === undefined) continue;
      if (passed !== undefined && until < passed)
        findings.push({ what: `it went back from ${passed} to ${until}`, at });
      for (
        let one = Math.max(firstDueAt, (passed ?? 0) + canaryEveryMs);
        one <= until;
        one += canaryEveryMs
      ) {
        const canary = canaries.byInstant.get(one);
        const hasCome = canary !== undefined && canary.taken <= at;
        if (!hasCome && at - one < canaryLostAfterMs)
          findings.push({ what: `it passed ${one}, whose canary had not come`, at });
      }
      passed = Math.max(passed ?? until, until);
    }
    return findings;
  },
};
