import { senmlHeader, toMs } from '../../../functions/domain/telemetry/senml-header.ts';

const remedy = 'boot: 1 to 32 printable characters; seq: integer from 0; sent: Unix seconds';

test.each([
  [{}, { boot: undefined, seq: undefined, sentAtMs: undefined }],
  [
    { bver: 10, boot: '!', seq: 0, sent: 0 },
    { boot: '!', seq: 0, sentAtMs: 0 },
  ],
  [{ boot: '~'.repeat(32) }, { boot: '~'.repeat(32), seq: undefined, sentAtMs: undefined }],
  [{ seq: 9_007_199_254_740_991 }, { boot: undefined, seq: 9_007_199_254_740_991, sentAtMs: undefined }],
  [{ sent: 253_402_300_799 }, { boot: undefined, seq: undefined, sentAtMs: 253_402_300_799_000 }],
  [{ sent: 1.2344 }, { boot: undefined, seq: undefined, sentAtMs: 1_234 }],
])('the header of %j is %j', (record, header) => {
  expect(senmlHeader(record)).toStrictEqual({ ok: true, header });
});

test.each([
  [{ bver: 9 }, 'bver', 'bver is not 10'],
  [{ bver: '11' }, 'bver', 'bver is not 10'],
  [{ bver: null }, 'bver', 'bver is not 10'],
  [{ boot: '' }, 'boot', 'boot is unusable'],
  [{ boot: 5 }, 'boot', 'boot is unusable'],
  [{ boot: '~'.repeat(33) }, 'boot', 'boot is unusable'],
  [{ boot: 'a b' }, 'boot', 'boot is unusable'],
  [{ boot: ' a' }, 'boot', 'boot is unusable'],
  [{ boot: 'a\u007f' }, 'boot', 'boot is unusable'],
  [{ seq: -1 }, 'seq', 'seq is unusable'],
  [{ seq: 0.5 }, 'seq', 'seq is unusable'],
  [{ seq: '5' }, 'seq', 'seq is unusable'],
  [{ seq: 9_007_199_254_740_992 }, 'seq', 'seq is unusable'],
  [{ sent: -0.001 }, 'sent', 'sent is unusable'],
  [{ sent: '5' }, 'sent', 'sent is unusable'],
  [{ sent: null }, 'sent', 'sent is unusable'],
  [{ sent: 253_402_300_799.5 }, 'sent', 'sent is unusable'],
])('the header %j is refused for %s: %s', (record, field, found) => {
  expect(senmlHeader(record)).toStrictEqual({
    ok: false,
    refusal: { reason: 'header-field', detail: `${found}; ${remedy}`, field },
  });
});

test('a later version of SenML is told from one that never was', () => {
  expect(senmlHeader({ bver: 11 })).toStrictEqual({
    ok: false,
    refusal: {
      reason: 'future-version',
      detail: 'SenML version 11 is not known; send SenML version 10, or update this system and replay',
      field: 'bver',
    },
  });
});

test.each([
  [1.0004, 1_000],
  [1.0005, 1_001],
  [-1.0006, -1_001],
  [0, 0],
  [-0, 0],
  [-0.0001, 0],
])('%p s are %p ms, and a zero has no sign', (seconds, ms) => {
  expect(toMs(seconds)).toBe(ms);
});
