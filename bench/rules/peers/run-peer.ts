/** The workload through another engine: its verdicts, our timers around them. */
import type { ReadMessage } from '../paths.ts';
import type { Told } from '../transitions.ts';
import type { BookSize } from '../workload/size.ts';
import { askedOfKinds, type Peer, type PreparedKind } from './condition.ts';
import { takeVerdicts, timersOf } from './harness.ts';

/** An engine with its conditions made ready for every kind of sensor; `run` gives its transitions. */
export function readyPeer(peer: Peer, size: BookSize) {
  const kinds = askedOfKinds(size).map((asked) => peer.prepare(asked));
  return {
    name: peer.name,
    run: (messages: readonly ReadMessage[]): Promise<readonly Told[]> => run(kinds, size, messages),
  };
}

/** The messages are those that our engine is given: a reading names its sensor, and who takes it must find that. */
async function run(
  kinds: readonly PreparedKind[],
  size: BookSize,
  messages: readonly ReadMessage[],
): Promise<readonly Told[]> {
  const devices = timersOf(size);
  const told: Told[] = [];
  for (const { device, receivedAt, readings } of messages) {
    const sensors = devices[device];
    for (const { sensorId, phenomenonAt, value } of readings) {
      const sensor = sensors?.get(sensorId);
      const kind = sensor && kinds[sensor.kind];
      if (sensor === undefined || kind === undefined || typeof value !== 'number')
        throw new RangeError(`device ${device} has no ${sensorId} with numbers`);
      const whens = kind.whens(value);
      // Only who answers later is waited for: the others would pay for it.
      const found = typeof whens === 'number' ? whens : await whens;
      const clears = sensor.isOpen ? kind.clears(value) : 0;
      const cleared = typeof clears === 'number' ? clears : await clears;
      takeVerdicts(sensor, phenomenonAt, receivedAt, found, cleared, told);
    }
  }
  return told;
}
