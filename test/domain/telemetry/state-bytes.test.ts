import { byteReader, byteWriter } from '../../../functions/domain/bytes.ts';
import {
  decodeTelemetryState,
  encodeTelemetryState,
  type TelemetryState,
} from '../../../functions/domain/telemetry/state.ts';
import { instant } from '../../../functions/domain/time.ts';

const state: TelemetryState = {
  memory: {
    lives: [
      {
        boot: 'b1',
        recent: [
          { from: 3, to: 4 },
          { from: 7, to: 7 },
        ],
        hashes: Buffer.from('0102030405060708090a0b0c', 'hex'),
        older: [{ from: 0, to: 1 }],
        clock: { firstMs: 90, lastMs: 100, newestMs: 95 },
      },
    ],
    digests: [258],
    refused: [{ seq: 9, hash: 300 }],
    run: { count: 2, boot: 'b2', seq: 5, atMs: -1 },
  },
  clock: {
    boots: [
      { boot: 'b1', backMs: 12, wrong: undefined },
      { boot: '', backMs: 0, wrong: { packCount: 2, offsetMs: -7, sentAtMs: 64, receivedAt: instant(128) } },
    ],
  },
};

/** As it is stored: a change of these bytes makes every stored twin unreadable. */
const stored = [
  // One life: its boot, two ranges by their steps, twelve bytes of hashes, one older range, and its clock.
  '01 026231 02 0301 0300 0c 0102030405060708090a0b0c 01 0001 01 c801 0a 09',
  // Six bytes of one digest, one refused message, and the run with its boot.
  '06 000000000102 01 09 ac02 02 026232 05 01',
  // Two boots: a clock that is moved back, and a wrong one.
  '02 026231 0c 00 00 00 02 0d 8001 8001',
]
  .join('')
  .replaceAll(' ', '');

test('what is kept of a device is stored in these bytes', () => {
  const writer = byteWriter();
  encodeTelemetryState(writer, state);
  expect(Buffer.from(writer.finish()).toString('hex')).toBe(stored);
});

test('these bytes are read to what is kept of a device', () => {
  const reader = byteReader(Buffer.from(stored, 'hex'));
  expect(decodeTelemetryState(reader)).toEqual(state);
  expect(reader.done()).toBe(true);
});
