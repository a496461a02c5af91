import type { Recent, Stretch } from '../../../../../functions/domain/rules/engine/recent.ts';
import { readRecent, writeRecent } from '../../../../../functions/domain/rules/engine/stored/recent-codec.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';

const base = 1_000;
const stretch = (from: number, to: number, value: Stretch['value'], quality = 'good'): Stretch => ({
  value,
  quality,
  from,
  to,
});

test.each<[string, Recent, readonly number[]]>([
  ['nothing', { stretches: [], isCut: false }, [0]],
  ['nothing that is left', { stretches: [], isCut: true }, [1]],
  ['one value', { stretches: [stretch(980, 990, 0.5)], isCut: false }, [2, 1, 42, 20, 10]],
  ['a name', { stretches: [stretch(990, 990, 'on')], isCut: false }, [2, 2, 3, 2, 111, 110, 20, 0]],
  [
    'a bad one',
    { stretches: [stretch(990, 990, undefined, 'bad')], isCut: true },
    [3, 4, 3, 98, 97, 100, 20, 0],
  ],
  [
    'a bad value',
    { stretches: [stretch(990, 995, 1, 'bad')], isCut: false },
    [2, 5, 8, 3, 98, 97, 100, 10, 5],
  ],
  [
    'several, the newest first',
    { stretches: [stretch(900, 930, true), stretch(950, 960, 1), stretch(961, 1_004, 2)], isCut: true },
    [7, 1, 16, 7, 43, 1, 8, 2, 10, 2, 1, 40, 30],
  ],
])('what a sensor said lately lies in bytes and is found again: %s', (_, recent, bytes) => {
  expect(bytesBy((writer) => writeRecent(writer, base, recent))).toEqual(bytes);
  expect(readAll(bytes, (reader) => readRecent(reader, base))).toEqual(recent);
});
