import { recordBytesMax, recordText } from '../../../../functions/domain/rules/engine/record.ts';

const long = 'x'.repeat(recordBytesMax);
const kept = (record: Readonly<Record<string, unknown>>): unknown => JSON.parse(recordText(record));

test('semantics 25: of a record that is too long the provenance of limits goes first, their figures stay', () => {
  const limits = { red: { value: 2, standard: long }, unset: { value: undefined, standard: 'S' } };
  expect(kept({ rule: 'r', limits, verdicts: [] })).toEqual({
    rule: 'r',
    limits: { red: { value: 2 } },
    verdicts: [],
    dropped: ['limits'],
  });
});

test('semantics 25: what else may go goes in its order until the record fits, and is named', () => {
  expect(kept({ rule: 'r', unknowns: [], timing: long, after: 'a', verdicts: ['v'] })).toEqual({
    rule: 'r',
    after: 'a',
    verdicts: ['v'],
    dropped: ['unknowns', 'timing'],
  });
});

test('semantics 25: limits that are no object have no figures to keep', () => {
  expect(kept({ rule: 'r', limits: long })).toEqual({ rule: 'r', dropped: ['limits'] });
});

test('semantics 25: limits that are nothing have none either', () => {
  expect(kept({ rule: long, limits: null })).toEqual({ rule: long, dropped: ['limits'] });
});

test('semantics 25: a record of the greatest length stays whole, one of a byte more does not', () => {
  const after = 'x'.repeat(recordBytesMax - '{"after":""}'.length);
  expect(kept({ after })).toEqual({ after });
  expect(kept({ after: `${after}x` })).toEqual({ dropped: ['after'] });
  expect(kept({ after: `${after.slice(1)}é` })).toEqual({ dropped: ['after'] });
});

test('semantics 25: what replay needs stays, however long it is', () => {
  const record = { before: long, limits: {}, unknowns: [], timing: {}, after: {}, verdicts: [] };
  expect(kept(record)).toEqual({
    before: long,
    limits: {},
    dropped: ['limits', 'unknowns', 'timing', 'after', 'verdicts'],
  });
});
