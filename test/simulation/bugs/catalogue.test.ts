import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { withBug } from './bug.ts';
import { catalogue } from './catalogue.ts';
import { locationOf } from './plant.ts';

test('there are at least forty bugs, each with a name of its own', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(40);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});

test.each(catalogue)('$name applies to $file, and what comes of it is a program', (bug) => {
  const text = readFileSync(locationOf(bug.file), 'utf8');
  const broken = withBug(text, bug);
  expect(broken).not.toBe(text);
  expect(stripTypeScriptTypes(broken)).not.toBe('');
});

test('a bug whose place has gone, or stands twice, no longer applies', () => {
  const bug = { name: 'b', story: 's', file: 'f.ts', find: 'a', replace: 'x' };
  expect(withBug('a b', bug)).toBe('x b');
  expect(() => withBug('b', bug)).toThrow('b: this bug no longer applies: its text stands 0 times in f.ts');
  expect(() => withBug('a a', bug)).toThrow('2 times');
});
