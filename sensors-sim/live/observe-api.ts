import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Severity } from '../../functions/domain/severity.ts';
import type { Observe, ObservedChange } from '../scenario/observed.ts';
import { SimError } from '../sim-error.ts';

export interface ApiAccess {
  /** Address up to `/v1`. */
  readonly api: string;
  /** Access token of somebody who may read the area's alerts. */
  readonly token: string;
  readonly area: string;
}

/** How often the list of alerts is read. */
export const pollEveryMs = 2_000;

const instantMs = z.union([
  z.number(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);
const Listed = z.object({ items: z.array(z.object({ alertId: z.string(), version: z.int() })) });
const Detailed = z.object({
  transitions: z.array(
    z.object({
      alertId: z.string(),
      version: z.int(),
      change: z.string(),
      severity: Severity,
      matter: z.object({ ruleId: z.string() }),
      subject: z.object({ id: z.string() }),
      at: instantMs,
      phenomenonAt: instantMs,
    }),
  ),
});

/** Sees the platform's decisions through its HTTP API: works with every deployment. */
export const apiObserver = (access: ApiAccess): Observe => ({
  async start(seen) {
    const known = new Map<string, number>();
    const stop = new AbortController();
    await poll(access, known, seen);
    const polling = (async () => {
      while (!stop.signal.aborted) {
        await sleep(pollEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
        await poll(access, known, seen);
      }
    })();
    return async () => {
      stop.abort();
      await polling;
    };
  },
});

async function poll(
  access: ApiAccess,
  known: Map<string, number>,
  seen: (change: ObservedChange) => void,
): Promise<void> {
  const { items } = Listed.parse(await get(access, `alerts?area=${access.area}&limit=100`));
  for (const { alertId, version } of items) {
    const before = known.get(alertId) ?? 0;
    if (version <= before) continue;
    known.set(alertId, version);
    const { transitions } = Detailed.parse(await get(access, `alerts/${alertId}`));
    for (const { matter, subject, ...rest } of transitions) {
      if (rest.version > before) seen({ ...rest, ruleId: matter.ruleId, subject: subject.id });
    }
  }
}

async function get({ api, token }: ApiAccess, path: string): Promise<unknown> {
  const url = `${api.replace(/\/(v1\/?)?$/, '')}/v1/${path}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => {
      throw new SimError(`${url} cannot be reached: ${error instanceof Error ? error.message : 'no answer'}`);
    },
  );
  if (answer.ok) return answer.json();
  throw new SimError(
    `${url} answers ${answer.status}: ${answer.status === 401 ? 'the token is not valid' : await answer.text()}`,
  );
}
