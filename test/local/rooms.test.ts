import { filesOf, rooms } from '../../local/checks/rooms.ts';

test('every file of the pure core belongs to one room', () => {
  const owned = rooms.flatMap(({ sources }) => filesOf(sources));
  expect(owned.toSorted()).toEqual(filesOf(['functions/domain/**/*.ts']));
  expect(owned.length).toBeGreaterThan(150);
});

test.each(rooms)('the room $name has tests', ({ tests }) => {
  for (const pattern of tests) expect(filesOf([pattern])).not.toEqual([]);
});
