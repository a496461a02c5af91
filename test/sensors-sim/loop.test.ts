import { createLoop } from '../../sensors-sim/virtual/loop.ts';

test('happenings come in order of time, those of one instant in order of asking', async () => {
  const loop = createLoop(100);
  const said: string[] = [];
  for (const [at, name] of [
    [300, 'c'],
    [200, 'a'],
    [200, 'b'],
    [150, 'first'],
  ] as const) {
    loop.at(at, () => {
      said.push(`${name}@${loop.now()}`);
    });
  }
  await loop.run(1000);
  expect(said).toEqual(['first@150', 'a@200', 'b@200', 'c@300']);
  expect(loop.now()).toBe(1000);
});

test('the clock waits for what is asynchronous', async () => {
  const loop = createLoop(0);
  const said: string[] = [];
  loop.at(10, async () => {
    await Promise.resolve();
    await Promise.resolve();
    said.push(`slow@${loop.now()}`);
  });
  loop.at(11, () => {
    said.push('next');
  });
  await loop.run(20);
  expect(said).toEqual(['slow@10', 'next']);
});

test('a run ends before its end: what falls on it belongs to the next run', async () => {
  const loop = createLoop(0);
  let happened = 0;
  loop.at(10, () => {
    happened++;
  });
  await loop.run(10);
  expect(happened).toBe(0);
  await loop.run(11);
  expect(happened).toBe(1);
});

test('what was cancelled does not happen, and what lies in the past happens at once', async () => {
  const loop = createLoop(50);
  const said: number[] = [];
  const cancel = loop.at(60, () => {
    said.push(60);
  });
  cancel();
  loop.at(10, () => {
    said.push(loop.now());
  });
  await loop.run(100);
  expect(said).toEqual([50]);
});

test('a thousand happenings in any order come sorted', async () => {
  const loop = createLoop(0);
  const said: number[] = [];
  for (let index = 0; index < 1000; index++) {
    const at = (index * 7919) % 1009;
    loop.at(at, () => {
      said.push(at);
    });
  }
  await loop.run(2000);
  expect(said).toEqual([...said].sort((a, b) => a - b));
  expect(said.length).toBe(1000);
});
