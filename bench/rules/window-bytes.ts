/** What each kind of window adds to a twin and to a reading, and what its bytes cost. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { bindDevice } from '../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState } from '../../functions/domain/rules/engine/state.ts';
import { judge } from '../../functions/domain/rules/engine.ts';
import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { instant } from '../../functions/domain/time.ts';
import { encodeTwin, newTwin } from '../../functions/domain/twin/twin.ts';
import { writeUnitBytes } from '../calls/units.ts';
import { dynamoWriteUnit } from '../cost/prices.ts';
import type { Figure } from '../figures.ts';
import { nsOf, timeInTurn } from './measure.ts';
import { bookOf } from './workload/book.ts';
import { registrationsOf } from './workload/fleet.ts';
import { fullSize, registeredAt, startAt } from './workload/size.ts';
import { type WindowKind, windowKinds } from './workload/windows.ts';

/** Readings in one length of a window: three a bucket. */
const readingsPerLength = 60;
/** Lengths that are filled, so that buckets have begun to leave. */
const lengthCount = 3;
/** Windows that are filled to time one reading. */
const fillCount = 150;
const million = 1_000_000;

/** One sensor whose only rule asks one window. */
function bindOne(kind: WindowKind | undefined) {
  const [device] = registrationsOf(fullSize);
  const registration = DeviceRegistration.parse({ ...device, sensors: device?.sensors.slice(0, 1) });
  const book = bookOf(fullSize, (rule): Rule => {
    const [severity] = rule.severities;
    if (severity === undefined || kind === undefined)
      return { ...rule, severities: severity ? [severity] : [] };
    const right = { op: 'literal', value: 1_000 } as const;
    const when = kind.of.op === 'willReach' ? kind.of : ({ op: 'ge', left: kind.of, right } as const);
    return { ...rule, windows: [kind.spec], severities: [{ ...severity, when }] };
  });
  const [first] = book.rules;
  return { registration, rules: bindDevice({ ...book, rules: first ? [first] : [] }, registration) };
}

/** Fills the window and gives the twin's bytes. */
function fill({ registration, rules }: ReturnType<typeof bindOne>, lengthMs: number): number {
  const sensorId = registration.sensors[0]?.sensorId ?? '';
  const stepMs = Math.max(100, Math.round(lengthMs / readingsPerLength));
  let state = emptyRuleState(rules, registeredAt);
  for (let i = 0; i < readingsPerLength * lengthCount; i++) {
    const receivedAt = instant(startAt + i * stepMs);
    const value = 20 + ((i * 7) % 50) / 10;
    const time = { phenomenonAt: receivedAt, receivedAt, lifeAt: receivedAt };
    const reading = { sensorId, index: 0, ...time, value, quality: 'good', trusted: true } as const;
    state = judge(rules, state, { receivedAt, readings: [reading] }, undefined).state;
  }
  return encodeTwin({ ...newTwin(rules, registeredAt), rules: state }, rules).length;
}

/** One line a kind of window; none as long as there is none. */
export async function measureWindows(): Promise<readonly Figure[]> {
  const without = bindOne(undefined);
  const figures: Figure[] = [];
  for (const kind of windowKinds) {
    const own = bindOne(kind);
    const { lengthMs } = kind.spec;
    const bytes = fill(own, lengthMs) - fill(without, lengthMs);
    const readingCount = readingsPerLength * lengthCount;
    const often = (bound: typeof own) => () => {
      for (let i = 0; i < fillCount; i++) fill(bound, lengthMs);
    };
    const times = await timeInTurn([
      { name: 'with', readingCount: readingCount * fillCount, run: often(own) },
      { name: 'without', readingCount: readingCount * fillCount, run: often(without) },
    ]);
    const dollars = (bytes / writeUnitBytes) * dynamoWriteUnit * million;
    figures.push({
      name: kind.name,
      value: bytes,
      unit: 'bytes',
      note:
        `$${dollars.toFixed(3)} a million messages in write units, ` +
        `${Math.round(nsOf(times, 'with') - nsOf(times, 'without'))} ns a reading`,
    });
  }
  return figures;
}
