/** The workload through another engine: its verdicts, our timers around them. */
import type { Told } from '../transitions.ts';
import type { BookSize } from '../workload/size.ts';
import { sensorsPerDevice } from '../workload/size.ts';
import { askedOfKinds, type Peer, type PreparedKind } from './condition.ts';
import { takeVerdicts, timersOf } from './harness.ts';

/** One reading as a peer needs it: already parsed and checked. */
export interface PeerReading {
  /** Of all sensors. */
  readonly sensor: number;
  readonly t: number;
  readonly receivedAt: number;
  readonly value: number;
}

export const sensorOf = (device: number, place: number): number => device * sensorsPerDevice + place;

/** An engine with its conditions made ready for every kind of sensor; `run` gives its transitions. */
export function readyPeer(peer: Peer, size: BookSize) {
  const kinds = askedOfKinds(size).map((asked) => peer.prepare(asked));
  return {
    name: peer.name,
    run: (readings: readonly PeerReading[]): Promise<readonly Told[]> => run(kinds, size, readings),
  };
}

async function run(
  kinds: readonly PreparedKind[],
  size: BookSize,
  readings: readonly PeerReading[],
): Promise<readonly Told[]> {
  const sensors = timersOf(size);
  const told: Told[] = [];
  for (const reading of readings) {
    const sensor = sensors[reading.sensor];
    const kind = sensor && kinds[sensor.kind];
    if (sensor === undefined || kind === undefined) throw new RangeError(`no sensor ${reading.sensor}`);
    const whens = kind.whens(reading.value);
    // Only who answers later is waited for: the others would pay for it.
    const found = typeof whens === 'number' ? whens : await whens;
    const clears = sensor.isOpen ? kind.clears(reading.value) : 0;
    const cleared = typeof clears === 'number' ? clears : await clears;
    takeVerdicts(sensor, reading.t, reading.receivedAt, found, cleared, told);
  }
  return told;
}
