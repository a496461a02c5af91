import {
  detailCharsMax,
  quarantineCopies,
  quarantineDataCharsMax,
  quarantineKey,
} from '../../functions/adapters/quarantine-copies.ts';
import { instant } from '../../functions/domain/time.ts';
import type { Refusal } from '../../functions/usecases/ports/quarantine.ts';

const message = {
  id: 'broker-1',
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: 'cert',
  receivedAt: instant(1_767_322_984_000),
  data: Buffer.from([0, 255, 1, 2]).toString('base64'),
};
const refusal = (given: Partial<Refusal> = {}): Refusal => ({
  reason: 'unreadable-json',
  detail: 'expected an array',
  message,
  ...given,
});
const bodyOf = (...refusals: Refusal[]) => {
  const [copy] = quarantineCopies(refusals);
  return JSON.parse(copy?.body ?? '{}');
};

describe('copies in quarantine', () => {
  test('hold the bytes, the broker’s fields and the reason', () => {
    expect(bodyOf(refusal())).toEqual({ reason: 'unreadable-json', detail: 'expected an array', ...message });
  });

  test('lie by reason and day of receipt', () => {
    expect(quarantineKey(refusal())).toMatch(/^unreadable-json\/2026-01-02\/[0-9a-f]{64}\.json$/);
  });

  test('the same refusal of the same delivery has the same key, any other another', () => {
    const others = [
      refusal({ reason: 'too-large' }),
      refusal({ message: { ...message, id: 'broker-2' } }),
      refusal({ message: { ...message, principal: 'cert-2' } }),
      refusal({ message: { ...message, topic: 'tocsin/v1/dev-2/senml' } }),
      refusal({ message: { ...message, data: 'AAAA' } }),
    ];
    expect(quarantineKey(refusal({ detail: 'other words' }))).toBe(quarantineKey(refusal()));
    expect(new Set([refusal(), ...others].map(quarantineKey)).size).toBe(others.length + 1);
  });

  test('refused records of one message for one reason share a copy that names them all', () => {
    const refusals = [refusal({ recordIndex: 2, detail: 'a' }), refusal({ recordIndex: 7, detail: 'b' })];
    const copies = quarantineCopies([...refusals, refusal({ reason: 'unit', recordIndex: 3 })]);
    expect(copies.map(({ positions }) => positions)).toEqual([[0, 1], [2]]);
    expect(bodyOf(...refusals)).toMatchObject({
      recordIndex: 2,
      records: [
        { recordIndex: 2, detail: 'a' },
        { recordIndex: 7, detail: 'b' },
      ],
    });
  });

  test.each([[-1], [0], [1]])('a detail of the limit and %i more is cut to the limit', (more) => {
    const { detail } = bodyOf(refusal({ detail: 'x'.repeat(detailCharsMax + more) }));
    expect(detail).toHaveLength(Math.min(detailCharsMax, detailCharsMax + more));
  });

  test.each([
    [-1, undefined],
    [0, undefined],
    [1, quarantineDataCharsMax + 1],
  ])('data of the limit and %i more says whether it was cut', (more, before) => {
    const data = 'A'.repeat(quarantineDataCharsMax + more);
    const body = bodyOf(refusal({ message: { ...message, data } }));
    expect(body.data).toHaveLength(Math.min(quarantineDataCharsMax, data.length));
    expect(body.dataCharsBeforeCut).toBe(before);
  });
});
