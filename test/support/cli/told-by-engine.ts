import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState } from '../../../functions/domain/rules/engine/state.ts';
import { advance, judge } from '../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../functions/domain/rules/transition.ts';
import type { Quality } from '../../../functions/domain/telemetry/reading.ts';
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';
import { loadBook } from '../../../sensors-sim/virtual/book.ts';

const start = Date.UTC(2026, 2, 1);

export const device = DeviceRegistration.parse({
  deviceId: 'plant-1',
  enterpriseId: 'ent-1',
  siteId: 'site',
  status: 'active',
  sensors: [{ sensorId: 'gas', quantity: 'h2s', unit: 'mg/m3', period: 10_000, sourceId: 'tank', tags: [] }],
  sources: [
    {
      sourceId: 'tank',
      kind: 'tank-farm',
      trade: 'chemical',
      area: '220104',
      siteId: 'site',
      enterpriseId: 'ent-1',
      tags: [],
    },
  ],
  registeredAt: start,
  version: 1,
});

export type Said = readonly [
  s: number,
  value: number | boolean | undefined,
  quality?: Quality,
  trusted?: boolean,
];

/** What the engine says of these readings, and of time until `until` seconds. */
export function drafts(said: readonly Said[], until?: number, of = device): readonly TransitionDraft[] {
  const rules = bindDevice(loadBook(), of);
  let state = emptyRuleState(rules, instant(start));
  const found: TransitionDraft[] = [];
  let received = start;
  for (const [s, value, quality = 'good', trusted = true] of said) {
    const at = instant(start + s * 1000);
    received = Math.max(received, at);
    const reading = {
      sensorId: of.sensors[0]?.sensorId ?? '',
      index: 0,
      phenomenonAt: at,
      receivedAt: instant(received),
      lifeAt: at,
      value,
      quality,
      trusted,
    };
    const judged = judge(
      rules,
      state,
      { receivedAt: instant(received), readings: [reading] },
      instant(received),
    );
    state = judged.state;
    found.push(...judged.transitions);
  }
  if (until !== undefined) {
    const now = instant(start + until * 1000);
    found.push(...advance(rules, state, now, now).transitions);
  }
  return found;
}

/** The decision record of the last of them. */
export const last = (said: readonly Said[], until?: number, of = device): string =>
  drafts(said, until, of).at(-1)?.because ?? '';

/** The same device with another sensor. */
export const deviceOf = (quantity: string, unit: string, kind: string, position: string, period: number) =>
  DeviceRegistration.parse({
    ...device,
    sensors: [{ sensorId: 'one', quantity, unit, position, period, sourceId: 'tank', tags: [] }],
    sources: device.sources.map((source) => ({ ...source, kind })),
  });
