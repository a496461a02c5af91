import { createCloser } from '../../local/platform/closer.ts';

test('everything deferred is undone, newest first', async () => {
  const undone: string[] = [];
  const closer = createCloser(() => {});
  await closer.defer(() => void undone.push('first'));
  await closer.defer(async () => void undone.push('second'));
  await closer.close();
  expect(undone).toEqual(['second', 'first']);
});

test('an undo that fails is reported and the rest is undone all the same', async () => {
  const undone: string[] = [];
  const reported: unknown[] = [];
  const closer = createCloser((error) => reported.push(error));
  await closer.defer(() => void undone.push('rest'));
  await closer.defer(() => {
    throw new Error('no');
  });
  await closer.close();
  expect(undone).toEqual(['rest']);
  expect(reported).toEqual([new Error('no')]);
});

test('what is deferred after closing began is undone at once, so that nothing started late stays behind', async () => {
  const closer = createCloser(() => {});
  await closer.close();
  let isUndone = false;
  await closer.defer(() => {
    isUndone = true;
  });
  expect(isUndone).toBe(true);
});

test('closing twice undoes once', async () => {
  let times = 0;
  const closer = createCloser(() => {});
  await closer.defer(() => {
    times++;
  });
  await Promise.all([closer.close(), closer.close()]);
  expect(times).toBe(1);
});
