import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const bench = (forS = 0) => benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS }] })));

test('semantics 10, 11: an untrusted breach raises, marked untrusted', () => {
  expect(bench().send([{ t: 0, v: 1, trusted: false }])).toEqual(['raised orange firing @0 untrusted']);
});

test('semantics 10: untrusted readings complete a `for` among themselves', () => {
  const on = bench(10);
  expect(on.send([{ t: 0, v: 1, trusted: false }])).toEqual([]);
  expect(on.send([{ t: 10, v: 1, trusted: false }])).toEqual(['raised orange firing @10 untrusted']);
});

test('semantics 10: a trusted normal between them ends that run, an untrusted one does not', () => {
  const on = bench(10);
  on.send([{ t: 0, v: 1, trusted: false }]);
  on.send([{ t: 5, v: 0 }]);
  expect(on.send([{ t: 10, v: 1, trusted: false }])).toEqual([]);
  const other = bench(10);
  other.send([{ t: 0, v: 1, trusted: false }]);
  other.send([{ t: 5, v: 0, trusted: false }]);
  expect(other.send([{ t: 10, v: 1, trusted: false }])).toEqual(['raised orange firing @10 untrusted']);
});

test('semantics 10: untrusted readings are in no run of the in-order series', () => {
  const on = bench(10);
  on.send([{ t: 0, v: 1, trusted: false }]);
  expect(feed(on, [10, 1], [15, 1])).toEqual([]);
});

test('semantics 10, 11: untrusted readings clear nothing', () => {
  const on = bench();
  feed(on, [0, 1], [5, 0]);
  expect(on.send([{ t: 15, v: 0, trusted: false }])).toEqual([]);
  expect(feed(on, [20, 0])).toEqual(['recovered orange @20']);
});

test('semantics 10: an untrusted breach breaks the clear run, whatever time it claims', () => {
  const on = bench();
  feed(on, [0, 1], [5, 0]);
  on.send([{ t: 1, v: 1, trusted: false }], 6);
  expect(feed(on, [15, 0])).toEqual([]);
});

test('semantics 10: untrusted readings end no silence and are no sign of life', () => {
  const on = bench();
  on.send([{ t: 20, v: 0, trusted: false }]);
  expect(on.wait(31)).toEqual(['raised orange stale @30']);
  expect([40, 45, 50, 55].flatMap((t) => on.send([{ t, v: 0, trusted: false }]))).toEqual([]);
});

test('semantics 10: an instant far ahead, claimed by an untrusted reading, makes no later reading late', () => {
  const on = bench();
  on.send([{ t: 1_000_000, v: 0, trusted: false }], 0);
  expect(feed(on, [5, 1])).toEqual(['raised orange firing @5']);
  expect(feed(on, [10, 0], [20, 0])).toEqual(['recovered orange @20']);
});

test('semantics 10: an untrusted breach inside a closed episode raises: its time proves nothing', () => {
  const on = bench();
  feed(on, [0, 1], [10, 1], [15, 0], [25, 0]);
  expect(on.send([{ t: 5, v: 1, trusted: false }], 26)).toEqual(['raised orange firing @5 untrusted']);
});
