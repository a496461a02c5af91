import { readingsIn } from '../../local/city/counting-transport.ts';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('readings are the records with a value of any kind', () => {
  const pack = [
    { bn: 'd/', boot: 'x' },
    { n: 'a', v: 1 },
    { n: 'b', vb: false },
    { n: 'c', vs: 'open' },
  ];
  expect(readingsIn(bytes(pack))).toBe(3);
});

test.each([Buffer.from(''), Buffer.from([0xff, 0xfe]), bytes({ v: 1 }), bytes([null, 1])])(
  'bytes that are no pack carry no readings (%#)',
  (hostile) => {
    expect(readingsIn(hostile)).toBe(0);
  },
);
