import { twinsShape } from './shapes.ts';
import { createTable, staleMaxMs } from './table.ts';

const key = (id: string) => ({ id: { S: id } });
const due = (id: string, at: number) => ({ ...key(id), dueShard: { S: 'due#1' }, dueAt: { N: String(at) } });

test('what no read can see any more is forgotten: earlier images, ended entries, removed items', () => {
  const table = createTable(twinsShape);
  const entries = () => table.indexes.get('due')?.partition('due#1')?.length ?? 0;
  table.change(key('a'), due('a', 1), 0);
  table.change(key('a'), due('a', 2), 10);
  table.change(key('a'), undefined, 20);
  expect(entries()).toBe(2);
  expect(table.rows.find(key('a'))?.past).toHaveLength(3);
  table.change(key('b'), key('b'), staleMaxMs + 10);
  expect(entries()).toBe(1);
  expect(table.rows.find(key('a'))?.past).toHaveLength(1);
  table.change(key('b'), undefined, staleMaxMs + 20);
  expect(entries()).toBe(0);
  expect(table.rows.find(key('a'))).toBeUndefined();
});
