import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../local/emulator/requirements.txt', import.meta.url), 'utf8');
const blocks = text.split(/\n(?=[a-z])/).filter((block) => /^[a-z]/.test(block));

test('every requirement is pinned and has hashes', () => {
  expect(blocks.length).toBeGreaterThan(15);
  for (const block of blocks) {
    expect(block).toMatch(/^[a-z0-9.-]+==[0-9a-z.]+ /);
    expect(block).toMatch(/--hash=sha256:[0-9a-f]{64}/);
  }
});

test('no requirement names an index or an address, so that everybody keeps their own', () => {
  expect(text).not.toMatch(/https?:|--index|--find-links/);
});

test('the emulator, its TLS and its server are among them', () => {
  for (const name of ['ministack', 'cryptography', 'hypercorn'])
    expect(blocks.some((block) => block.startsWith(`${name}==`))).toBe(true);
});
