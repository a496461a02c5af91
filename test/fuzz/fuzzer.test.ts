import { seededRandom } from '../support/random.ts';
import { explore } from './explore.ts';
import { type Finding, judge } from './finding.ts';
import { changedIntrinsics, restoreIntrinsics } from './intrinsics.ts';
import { shrink } from './shrink.ts';
import { type FuzzTarget, inputMsMax } from './target.ts';

/** A fuzzer that finds nothing would agree with everything: these targets are broken on purpose. */
const broken = (run: FuzzTarget['run'], words: readonly string[] = []): FuzzTarget => ({
  bytesMax: 200,
  shortInputs: 1,
  words,
  run,
});

interface Search {
  readonly inputs: number;
  readonly counters?: Uint8Array;
  readonly seed?: number;
}

async function findingsOf(target: FuzzTarget, { inputs, counters, seed = 1 }: Search) {
  const found: { finding: Finding; input: Buffer }[] = [];
  const explored = await explore({
    target,
    seeds: [Buffer.from('a quiet seed')],
    words: target.words.map((word) => Buffer.from(word)),
    inputs,
    random: seededRandom(seed),
    ...(counters && { counters }),
    trying: () => undefined,
    found: (finding, input) => found.push({ finding, input: Buffer.from(input) }),
  });
  return { found, explored };
}

/** Keeps the processor busy for `ms` of its own time, whatever else the machine does. */
function spin(ms: number): void {
  const before = process.threadCpuUsage();
  for (let spent = 0; spent < ms * 1_000; ) {
    const { user, system } = process.threadCpuUsage(before);
    spent = user + system;
  }
}

const crashes = broken((input) => {
  if (input.includes('{{')) throw new TypeError('cannot read "{{" at 7');
});

test('a crash is found, told once, and made as small as it can be', async () => {
  const { found } = await findingsOf(crashes, { inputs: 20_000 });
  expect(found.map(({ finding }) => finding.kind)).toEqual(['crash']);
  const [one] = found;
  if (one === undefined) throw new Error('nothing was found');
  const wanted = await judge(crashes, one.input);
  if (wanted === undefined) throw new Error('the input is good when it is run again');
  expect((await shrink(crashes, one.input, wanted)).toString()).toBe('{{');
});

test('an input that takes longer than is allowed is found', async () => {
  const slow = broken((input) => {
    if (input.includes('[')) spin(inputMsMax + 30);
  });
  const { found } = await findingsOf(slow, { inputs: 60 });
  expect(found.map(({ finding }) => finding.kind)).toEqual(['slow']);
});

test('an input that was slow only once is no finding', async () => {
  let runs = 0;
  const slowOnce = broken(() => {
    if (runs++ === 5) spin(inputMsMax + 30);
  });
  expect((await findingsOf(slowOnce, { inputs: 100 })).found).toEqual([]);
});

test('an input that changes a prototype is found by itself among those around it, and the prototype is put back', async () => {
  const polluting = broken((input) => {
    if (input.includes(']')) Object.assign(Object.getPrototypeOf({}), { polluted: true });
  });
  const { found } = await findingsOf(polluting, { inputs: 2_000 });
  expect(found.map(({ finding }) => finding.signature)).toEqual(['changed Object.prototype.polluted']);
  expect(found[0]?.input.includes(']')).toBe(true);
  expect('polluted' in {}).toBe(false);
});

test.each([
  ['replaced', 'Array.prototype.map', () => Object.assign(Array.prototype, { map: () => [] })],
  [
    'removed',
    'String.prototype: a property is gone',
    () => Reflect.deleteProperty(String.prototype, 'anchor'),
  ],
  ['added as a global', 'globalThis.leaked', () => Object.assign(globalThis, { leaked: 1 })],
])('a property that is %s is seen and put right', (_, told, change) => {
  change();
  const seen = changedIntrinsics();
  restoreIntrinsics();
  expect(seen).toBe(told);
  expect(changedIntrinsics()).toBeUndefined();
});

/** Four conditions, one inside the other: blind changes would need all of them at once. */
function nested(counters?: Uint8Array): FuzzTarget {
  const pass = (place: number): void => {
    if (counters) counters[place] = (counters[place] ?? 0) + 1;
  };
  return broken((input) => {
    if (input[0] !== 0x66) return;
    pass(0);
    if (input[1] !== 0x75) return;
    pass(1);
    if (input[2] !== 0x7a) return;
    pass(2);
    if (input[3] === 0x7a) throw new Error('reached');
  });
}

test('what is reached guides the search: a crash behind four conditions is found with counters, not without', async () => {
  const counters = new Uint8Array(3);
  expect((await findingsOf(nested(counters), { inputs: 30_000, counters })).found).toHaveLength(1);
  expect((await findingsOf(nested(), { inputs: 30_000 })).found).toEqual([]);
});

test('the same seed tries the same inputs', async () => {
  const triedWith = async (seed: number): Promise<readonly string[]> => {
    const tried: string[] = [];
    await findingsOf(
      broken((input) => {
        tried.push(input.toString('base64'));
      }),
      { inputs: 500, seed },
    );
    return tried;
  };
  expect(await triedWith(7)).toEqual(await triedWith(7));
  expect(await triedWith(8)).not.toEqual(await triedWith(7));
});
