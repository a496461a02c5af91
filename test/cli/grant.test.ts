import { writeGrant } from '../../cli/grant.ts';
import { run } from '../../cli/tocsin.ts';
import { memoryGrantStore } from '../../functions/adapters/memory/grants-store.ts';
import { memoryInventory, memoryOutcomeStore } from '../../functions/adapters/memory/inventory-store.ts';
import { NewGrant } from '../../functions/domain/access/grant.ts';
import { instant } from '../../functions/domain/time.ts';

const issuer = 'https://issuer.example/pool';

async function tocsin(...words: string[]) {
  const out: string[] = [];
  let code = 0;
  const line = (text: string) => out.push(text);
  await run(words, { line, remark: line, exitWith: (given) => (code = given) });
  return { text: out.join('\n'), code };
}
const grant = (...words: string[]) => tocsin('grant', '--issuer', issuer, '--subject', 'lin', ...words);

describe('what is written', () => {
  const store = () => memoryGrantStore(memoryOutcomeStore(memoryInventory()));
  const declared = (given: object) => NewGrant.parse({ issuer, subject: 'lin', ...given });
  const at = (nonce: string, ms: number) => ({ nonce, now: instant(ms) });

  test('a grant is in force from now, and says that it came from here', async () => {
    const grants = store();
    const written = await writeGrant(grants, declared({ role: 'engineer' }), at('1', 5_000));
    expect(written).toMatchObject({
      ok: true,
      isNew: true,
      grant: { from: 5_000, createdBy: 'tocsin grant' },
    });
    expect(await grants.of(declared({ role: 'engineer' }))).toHaveLength(1);
  });

  test('the same again changes nothing, another scope is another grant', async () => {
    const grants = store();
    const regulator = (areas: string[]) => declared({ role: 'regulator', areas });
    await writeGrant(grants, regulator(['22', '31']), at('1', 1_000));
    expect(await writeGrant(grants, regulator(['31', '22']), at('2', 2_000))).toMatchObject({ isNew: false });
    expect(await writeGrant(grants, regulator(['22']), at('3', 3_000))).toMatchObject({ isNew: true });
  });
});

describe('the command', () => {
  test('without a role it says what is missing: exit 2', async () => {
    expect(await grant()).toMatchObject({
      code: 2,
      text: expect.stringContaining("'--role <role>' not specified"),
    });
  });

  test('an unknown role is refused with the choices: exit 2', async () => {
    expect(await grant('--role', 'king')).toMatchObject({
      code: 2,
      text: expect.stringContaining('regulator'),
    });
  });

  test.each([
    [['--role', 'enterprise'], '--enterprise: '],
    [['--role', 'regulator'], '--area: '],
    [['--role', 'regulator', '--area', '2'], '--area: must be an area code'],
    [['--role', 'engineer', '--area', '22'], '--area: has no meaning for the role engineer'],
    [['--role', 'auditor', '--until', 'tomorrow'], '--until: must be an RFC 3339 instant'],
  ])('%j is refused by its flag: exit 1', async (words, reason) => {
    expect(await grant(...words, '--table', 'none')).toMatchObject({
      code: 1,
      text: expect.stringContaining(reason),
    });
  });
});
