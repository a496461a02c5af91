import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { plainYaml } from '../../cli/rules/plain-yaml.ts';
import { readWholeYaml, readYaml } from '../../cli/rules/yaml-document.ts';

const files = readdirSync('rules', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => join('rules', file));
const texts = files.map((file) => readFileSync(file, 'utf8'));

/** Whatever is read as plain is what the parser of all of YAML reads, without a finding. */
function expectTheSame(text: string): boolean {
  const plain = plainYaml(text);
  if (!plain) return false;
  const whole = readWholeYaml('x.yaml', text);
  expect({ text, problems: whole.problems, value: whole.value }).toStrictEqual({
    text,
    problems: [],
    value: plain.value,
  });
  expect(JSON.stringify(plain.value)).toBe(JSON.stringify(whole.value));
  return true;
}

test('the rules of the packs are plain, and say the same to both readers', () => {
  const plain = texts.filter(expectTheSame);
  expect(texts.length).toBeGreaterThan(300);
  expect(plain.length).toBeGreaterThan(texts.length * 0.95);
});

const pieces = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    ': ',
    ':',
    '- ',
    '-',
    '{',
    '}',
    '[',
    ']',
    ',',
    ', ',
    '&a ',
    '*a',
    '!!x ',
    '!',
    '"',
    "'",
  ],
  ...[
    "''",
    '|',
    '>',
    '#',
    ' #',
    '? ',
    '%',
    '@',
    '`',
    '~',
    'null',
    'Null',
    'true',
    'True',
    'yes',
    '0x1f',
    '0o7',
    '1e3',
  ],
  ...[
    '01',
    '-0',
    '+1',
    '.5',
    '5.',
    '1_000',
    '.nan',
    '.inf',
    '<<: ',
    '---',
    '...',
    '\t',
    '\r',
    '\\',
    '\\n',
    '\u2028',
  ],
  ...[
    '\u0085',
    '\ufeff',
    '\0',
    '=',
    'a:',
    'a: ',
    'a: 1',
    '\na: 1',
    '- a: 1',
    '{}',
    '[]',
    '__proto__: 1',
    '1: 2',
    '1.0: 2',
  ],
];

/** `text` with pieces of it removed, and others put there. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.record({ at: fc.nat(text.length), cut: fc.nat(6), put: fc.constantFrom(...pieces) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((edits) =>
      edits.reduce((out, { at, cut, put }) => out.slice(0, at) + put + out.slice(at + cut), text),
    );

const sample = texts.filter((_, i) => i % 20 === 0).map((text) => text.slice(0, 1_200));

test('a damaged rule is read as the parser of all of YAML reads it, or left to it', () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.constantFrom(...sample).chain(damaged), (text) => {
      if (expectTheSame(text)) plain++;
    }),
    { numRuns: 1_000, seed: 20_260_712 },
  );
  expect(plain).toBeGreaterThan(50);
});

/** Lines made of the pieces themselves: every neighbourhood of marks. */
const marks = fc
  .array(fc.constantFrom(...pieces, 'a', 'b', 'x y', '1', '2.5', '"q"', 'k: v'), {
    minLength: 1,
    maxLength: 7,
  })
  .map((parts) => parts.join(''));

test('whatever marks stand beside each other, both readers agree', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a: ', 'a:\n  b: ', 'a: [', 'a: { b: ', 'a:\n  - ', ''),
      marks,
      fc.constantFrom('', ']', ' }', '\nz: 1', '\n  c: 2', '\n  - d'),
      (head, middle, tail) => {
        expectTheSame(head + middle + tail);
      },
    ),
    { numRuns: 5_000, seed: 20_260_713 },
  );
});

test('a finding in a plain text is located as in any other', () => {
  const text = 'a: 1\nb:\n  c: wrong here\n';
  expect(plainYaml(text)).toBeDefined();
  for (const path of [['a'], ['b', 'c'], ['b', 'd'], []])
    expect(readYaml('x.yaml', text).problemAt(path, 'no', 'fix it', 2)).toEqual(
      readWholeYaml('x.yaml', text).problemAt(path, 'no', 'fix it', 2),
    );
  expect(readYaml('x.yaml', text).problemAtKey(['b'], 'c', 'no')).toEqual(
    readWholeYaml('x.yaml', text).problemAtKey(['b'], 'c', 'no'),
  );
});

test.each(['\u00a0', '\u2003', '\u3000', '\u202f'])(
  'the blank %j, which YAML keeps, is left to the other reader',
  (blank) => {
    expect(plainYaml(`a: { b: 0${blank} }\n`)).toBeUndefined();
    expect(readYaml('x.yaml', `a: { b: 0${blank} }\n`).value).toEqual({ a: { b: `0${blank}` } });
  },
);
