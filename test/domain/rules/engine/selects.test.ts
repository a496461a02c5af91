import type { Selection } from '../../../../functions/domain/rules/book.ts';
import { selects } from '../../../../functions/domain/rules/engine/selects.ts';
import { registrationOf } from '../../../support/registration.ts';

const source = { grade: 2, tags: ['deep'] };

const isSelected = (
  select: Partial<Selection>,
  given: Readonly<Record<string, unknown>> = {},
  isSourceKnown = true,
): boolean => {
  const { sensors, sources } = registrationOf({
    deviceId: 'dev-1',
    sensors: [{ tags: ['north'], ...given }],
    source,
  });
  const [sensor] = sensors;
  if (sensor === undefined) throw new Error('a device without sensors');
  return selects({ quantities: ['methane'], ...select }, sensor, isSourceKnown ? sources[0] : undefined);
};

test.each<[string, Partial<Selection>, boolean]>([
  ['its quantity among others', { quantities: ['co', 'methane'] }, true],
  ['other quantities', { quantities: ['co', 'oxygen'] }, false],
  ['its trade among others', { trades: ['gas', 'coal-mine'] }, true],
  ['another trade', { trades: ['gas'] }, false],
  ['no trade', { trades: [] }, false],
  ['its position among others', { positions: ['T0', 'T1'] }, true],
  ['another position', { positions: ['T0'] }, false],
  ['the kind of its source among others', { sourceKinds: ['coal-face', 'storage-tank'] }, true],
  ['another kind of source', { sourceKinds: ['storage-tank'] }, false],
  ['its area', { areaPrefixes: ['220104'] }, true],
  ['a wider area among others', { areaPrefixes: ['11', '2201'] }, true],
  ['an area inside of its own', { areaPrefixes: ['22010401'] }, false],
  ['an area whose code ends like its own', { areaPrefixes: ['0104'] }, false],
  ['the grade of its source among others', { grades: [1, 2] }, true],
  ['another grade', { grades: [1, 3] }, false],
  ['a tag of its own among others', { tags: ['south', 'north'] }, true],
  ['a tag of its source among others', { tags: ['south', 'deep'] }, true],
  ['another tag', { tags: ['south'] }, false],
])('a sensor that is selected by %s: %s', (_, select, expected) => {
  expect(isSelected(select)).toBe(expected);
});

test.each<[keyof Selection, Partial<Selection>]>([
  ['quantities', { quantities: ['co'] }],
  ['trades', { trades: ['gas'] }],
  ['positions', { positions: ['T9'] }],
  ['sourceKinds', { sourceKinds: ['storage-tank'] }],
  ['areaPrefixes', { areaPrefixes: ['11'] }],
  ['grades', { grades: [1] }],
  ['tags', { tags: ['south'] }],
])('a sensor to which all but the %s apply is not selected', (_, other) => {
  const all: Selection = {
    quantities: ['methane'],
    trades: ['coal-mine'],
    positions: ['T1'],
    sourceKinds: ['coal-face'],
    areaPrefixes: ['22'],
    grades: [2],
    tags: ['north'],
  };
  expect(isSelected(all)).toBe(true);
  expect(isSelected({ ...all, ...other })).toBe(false);
});

test.each([
  ['methane', true],
  ['fan-state', false],
  ['fan-mode', false],
  ['unheard-of', false],
])('without a quantity whatever is measured as a number is selected: %s is: %s', (quantity, expected) => {
  expect(isSelected({ quantities: [] }, { quantity })).toBe(expected);
});

test.each<[string, Partial<Selection>, boolean]>([
  ['its quantity alone', {}, true],
  ['a tag of its own', { tags: ['north'] }, true],
  ['a tag of the source', { tags: ['deep'] }, false],
  ['a trade', { trades: ['coal-mine'] }, false],
  ['an area', { areaPrefixes: ['22'] }, false],
  ['a kind of source', { sourceKinds: ['coal-face'] }, false],
  ['a grade', { grades: [2] }, false],
])('a sensor whose source is not known is selected by %s: %s', (_, select, expected) => {
  expect(isSelected(select, {}, false)).toBe(expected);
});
