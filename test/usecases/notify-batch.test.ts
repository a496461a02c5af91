import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import { notifyBatch } from '../../functions/usecases/notify-batch.ts';
import { raisedAt } from '../support/transitions.ts';

const transitions = Array.from({ length: 25 }, (_, count) =>
  raisedAt(1_000, {}, 'orange', `dev-${count}/ch4`),
);

/** Remembers what it was asked for and fails where told. */
function recording(failureOf: (transition: Transition) => Error | undefined) {
  const seen: Transition[] = [];
  const observer = memoryObserver();
  const notify = notifyBatch(async (transition) => {
    seen.push(transition);
    const failure = failureOf(transition);
    if (failure !== undefined) throw failure;
    return 'sent';
  }, observer);
  return { seen, observer, notify };
}

describe('a batch of the stream', () => {
  test('handles every transition, however many', async () => {
    const { seen, notify } = recording(() => undefined);
    await notify(transitions);
    expect(new Set(seen)).toEqual(new Set(transitions));
  });

  test('the transitions of one alert are handled in the order of their numbers', async () => {
    const { seen, notify } = recording(() => undefined);
    const [first] = transitions;
    if (first === undefined) throw new Error('no transition');
    await notify([3, 1, 2].map((version) => ({ ...first, version })));
    expect(seen.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test.each([[0], [12], [24]])(
    'a poison transition at place %i holds no other and fails no batch',
    async (place) => {
      const { seen, observer, notify } = recording((transition) =>
        transition === transitions[place]
          ? new AdapterError('too large', { cause: undefined, retryable: false })
          : undefined,
      );
      await notify(transitions);
      expect(seen).toHaveLength(25);
      expect(observer.total('NotificationFailed')).toBe(1);
    },
  );

  test('a broken invariant of ours holds no shard either', async () => {
    const { notify } = recording(() => new TypeError('undefined is not a function'));
    await expect(notify(transitions)).resolves.toBeUndefined();
  });

  test('what may pass fails the batch, after every other was tried', async () => {
    const { seen, notify } = recording((transition) =>
      transition === transitions[0]
        ? new AdapterError('throttled', { cause: undefined, retryable: true })
        : undefined,
    );
    await expect(notify(transitions)).rejects.toThrow('throttled');
    expect(seen).toHaveLength(25);
  });
});
