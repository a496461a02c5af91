import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertWholeBook } from '../../infra/whole-book.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const named = (...ids: readonly string[]) => ids.map((id) => ({ id }));

function put(book: object, rules: object): void {
  const whole = { rules: [], correlations: [], retired: [], ...book };
  writeFileSync(join(folder, 'book.json'), JSON.stringify(whole));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ format: 1, rules }));
}

const check = () => assertWholeBook(folder);

test('semantics 23: a book with all its rules, patterns and tombstones is deployed', () => {
  put(
    { rules: named('gas.a'), correlations: named('gas.b'), retired: named('gas.c') },
    { 'gas.a': {}, 'gas.b': {}, 'gas.c': { retired: true } },
  );
  expect(check).not.toThrow();
  expect(() => assertWholeBook('rules')).not.toThrow();
});

test('semantics 23: nothing is deployed from whose book a rule has vanished', () => {
  put({ rules: named('gas.a') }, { 'gas.a': {}, 'gas.b': {} });
  expect(check).toThrow(/gas\.b is not in the book, and no tombstone says why[\s\S]*Remedy/);
});

test('semantics 23: nothing is deployed whose book forgot a tombstone', () => {
  put({ rules: named('gas.a') }, { 'gas.a': {}, 'gas.b': { retired: true } });
  expect(check).toThrow('gas.b was retired, and the book does not say so');
});

test('nothing is deployed whose index is behind its book', () => {
  put({ rules: named('gas.a', 'gas.b') }, { 'gas.a': {} });
  expect(check).toThrow('gas.b is in the book and not in its index');
});

test.each([
  ['missing', undefined],
  ['cut in the middle', '{"rules":'],
])('nothing is deployed with an index that is %s', (_, text) => {
  put({}, {});
  rmSync(join(folder, 'index.json'));
  if (text !== undefined) writeFileSync(join(folder, 'index.json'), text);
  expect(check).toThrow('rules/index.json cannot be read. Remedy: git checkout -- rules/index.json');
});
