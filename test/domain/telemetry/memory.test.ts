import { type Life, newLife, recentCount, remember } from '../../../functions/domain/telemetry/life.ts';
import {
  emptyMemory,
  type Memory,
  withDigest,
  withMessage,
  withRefused,
} from '../../../functions/domain/telemetry/memory.ts';

function full(boot: string): Life {
  let life = newLife(boot);
  for (let seq = 0; seq < 64; seq++) life = remember(life, seq, seq, undefined);
  return life;
}

const run = { boot: 'b1', count: 1, seq: 7, atMs: 5 };
const message = { seq: 100, hash: 9 };

test('a full life that goes on forgets its lowest hash and keeps what else is known', () => {
  const memory: Memory = { lives: [full('b1')], digests: [], refused: [{ seq: 7, hash: 1 }], run };
  const next = withMessage(memory, 0, 'b1', message, undefined);
  expect(next).toStrictEqual({
    lives: [
      {
        boot: 'b1',
        recent: [
          { from: 1, to: 63 },
          { from: 100, to: 100 },
        ],
        hashes: expect.any(Buffer),
        older: [{ from: 0, to: 0 }],
        clock: undefined,
      },
    ],
    digests: [],
    refused: [{ seq: 7, hash: 1 }],
    run: { boot: 'b1', count: 1, seq: 7, atMs: 5 },
  });
  expect([...(next.lives[0]?.hashes ?? [])].slice(-8)).toEqual([0, 0, 0, 63, 0, 0, 0, 9]);
});

test('a message in the older of two lives leaves the newer one', () => {
  const memory: Memory = { ...emptyMemory, lives: [full('b1'), newLife('b2')] };
  const { lives } = withMessage(memory, 0, 'b1', message, undefined);
  expect(lives.map((life) => [life.boot, recentCount(life)])).toEqual([
    ['b1', 64],
    ['b2', 0],
  ]);
});

test('a message of no known life begins one, beside a full one too', () => {
  const memory: Memory = { ...emptyMemory, lives: [full('b1')] };
  const { lives } = withMessage(memory, -1, 'b2', message, undefined);
  expect(lives.map((life) => [life.boot, recentCount(life)])).toEqual([
    ['b1', 63],
    ['b2', 1],
  ]);
});

test('the fifth life makes the first one forgotten', () => {
  let memory: Memory = emptyMemory;
  for (const boot of ['b1', 'b2', 'b3', 'b4', 'b5'])
    memory = withMessage(memory, -1, boot, message, undefined);
  expect(memory.lives.map(({ boot }) => boot)).toEqual(['b2', 'b3', 'b4', 'b5']);
});

test('a memory is brought down to 64 keys: the more numerous give way', () => {
  const memory: Memory = { ...emptyMemory, lives: [full('b1')], digests: [5] };
  const next = withMessage(memory, 0, 'b1', message, undefined);
  expect([next.digests, next.lives.map(recentCount)]).toEqual([[5], [63]]);
});

test('of digests the last 64 are known', () => {
  let memory: Memory = emptyMemory;
  for (let digest = 0; digest < 66; digest++) memory = withDigest(memory, digest);
  expect([memory.digests.length, memory.digests[0], memory.digests.at(-1)]).toEqual([64, 2, 65]);
});

test('a refused message is remembered with the run that it belongs to', () => {
  expect(withRefused(emptyMemory, { seq: 7, hash: 1 }, run)).toStrictEqual({
    lives: [],
    digests: [],
    refused: [{ seq: 7, hash: 1 }],
    run,
  });
});
