import { packsOfAnHour, seqsOfAnHour, waitingDeviceIds } from '../../bench/drain/hour.ts';

const until = 1_800_000_000_000;

test('an hour of packs is as many as were asked for, in order of time, each device counting from 1 without a gap', () => {
  const packs = packsOfAnHour(1_000, until);
  expect(packs).toHaveLength(1_000);
  expect(packs.map(({ at }) => at)).toEqual(packs.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(packs.at(0)?.at).toBe(until - 3_600_000);
  expect(packs.at(-1)?.at).toBeLessThan(until);
  for (const deviceId of waitingDeviceIds) {
    const seqs = packs.filter((pack) => pack.deviceId === deviceId).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, position) => position + 1));
  }
});

test('what must be found of each device is the highest number that it sent', () => {
  const seqs = seqsOfAnHour(1_000);
  expect([...seqs.values()].reduce((sum, seq) => sum + seq, 0)).toBe(1_000);
  expect(seqs.size).toBe(waitingDeviceIds.length);
});
