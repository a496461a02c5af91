import * as fc from 'fast-check';
import { AreaCode } from '../../../functions/domain/ids.ts';
import { openCity, raiseAlert, sensor, type TestApi } from '../../support/api.ts';
import { makeCsr } from '../../support/csr.ts';

const area = { a: AreaCode.parse('220104'), b: AreaCode.parse('310101') };
let api: TestApi;
let foreignAlert: string;
beforeAll(async () => {
  const csr = await makeCsr();
  api = await openCity();
  for (const tenant of ['a', 'b'])
    for (const name of ['1', '2', '3']) {
      const sensors = ['x', 'y'].map((id) => sensor({ sensorId: id, sourceId: `gas-${tenant}` }));
      const body = { deviceId: `dev-${tenant}${name}`, siteId: `site-${tenant}`, csr, sensors };
      const made = await api.call('POST', '/v1/devices', { as: 'engineer', body });
      if (made.status !== 201) throw new Error(made.text);
    }
  await raiseAlert(api, { enterprise: 'ent-a', area: area.a, trade: 'gas' });
  foreignAlert = (await raiseAlert(api, { enterprise: 'ent-b', area: area.b, trade: 'chemical' })).alertId;
});

const walk = async (subject: string, path: string): Promise<string[]> => {
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 50; pages++) {
    const separator = path.includes('?') ? '&' : '?';
    const page = await api.call('GET', `${path}${separator}limit=1${cursor}`, { as: subject });
    if (page.status !== 200) throw new Error(page.text);
    seen.push(...page.body.items.map((item: unknown) => JSON.stringify(item)));
    if (page.body.next === undefined) return seen;
    cursor = `&cursor=${page.body.next}`;
  }
  throw new Error('the list never ends');
};

describe('a list shows what is one’s own, whole, and nothing else', () => {
  const lists = ['/v1/enterprises', '/v1/sites', '/v1/sources', '/v1/devices', '/v1/sensors', '/v1/alerts'];
  const counts = [1, 1, 1, 3, 6, 1];
  test.each(lists.map((path, at) => [path, counts[at] ?? 0] as const))('%s', async (path, count) => {
    for (const subject of ['owner-a', 'regulator-22']) {
      const seen = await walk(subject, path);
      expect(new Set(seen).size).toBe(count);
      expect(seen.filter((item) => /ent-b|310101/.test(item))).toEqual([]);
    }
  });

  test('an engineer walks everything, page by page, each item once', async () => {
    const seen = await walk('engineer', '/v1/devices');
    expect(seen.map((item) => JSON.parse(item).deviceId)).toEqual([
      'dev-a1',
      'dev-a2',
      'dev-a3',
      'dev-b1',
      'dev-b2',
      'dev-b3',
    ]);
    expect(await walk('engineer', '/v1/sensors')).toHaveLength(12);
    expect(await walk('engineer', '/v1/grants')).toHaveLength(6);
  });

  test('a regulator sees only its trades', async () => {
    await api.call('POST', '/v1/sources', {
      as: 'owner-a',
      body: { sourceId: 'chem-a', siteId: 'site-a', name: 'Tank', kind: 'storage-tank', trade: 'chemical' },
    });
    const ids = async (subject: string) =>
      (await walk(subject, '/v1/sources')).map((item) => JSON.parse(item).sourceId);
    expect(await ids('regulator-22')).toEqual(['gas-a']);
    expect(await ids('owner-a')).toEqual(['chem-a', 'gas-a']);
    expect((await api.call('GET', '/v1/sources/chem-a', { as: 'regulator-22' })).status).toBe(404);
  });
});

describe('what is foreign', () => {
  test.each([
    'area=31',
    'area=2',
    'area=310101',
    'enterprise=ent-b',
    'enterprise=ent-none',
    'area=22&enterprise=ent-b',
  ])('the filter %s gives nothing away', async (query) => {
    for (const path of ['/v1/devices', '/v1/alerts']) {
      const answer = await api.call('GET', `${path}?${query}`, { as: 'regulator-22' });
      expect([400, 404]).toContain(answer.status);
    }
  });

  test('a foreign object and a missing one get the same answer', async () => {
    const answerTo = async (path: string) => {
      const { status, body } = await api.call('GET', path, { as: 'owner-a' });
      return { status, type: body.type, title: body.title, errors: body.errors };
    };
    expect(await answerTo('/v1/devices/dev-b1')).toEqual(await answerTo('/v1/devices/dev-zz'));
    expect(await answerTo(`/v1/alerts/${foreignAlert}`)).toEqual(await answerTo('/v1/alerts/none'));
    expect(await answerTo('/v1/sensors/dev-b1/x')).toEqual(await answerTo('/v1/sensors/dev-a1/zz'));
  });

  test('no id of any shape reaches another’s data', async () => {
    const kinds = ['enterprises', 'sites', 'sources', 'devices', 'alerts', 'grants'];
    const pieces = [
      'ent-',
      'site-',
      'gas-',
      'dev-',
      'a',
      'b',
      '1',
      '2',
      '/',
      '..',
      '%2e',
      '*',
      '?',
      '#',
      ' ',
      foreignAlert,
    ];
    const id = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), id, async (kind, given) => {
        const answer = await api.call('GET', `/v1/${kind}/${given}`, { as: 'owner-a' });
        expect(answer.text).not.toMatch(/ent-b"|310101/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('cursors (bad input 58)', () => {
  const first = async (query: string, subject = 'engineer') =>
    (await api.call('GET', `/v1/devices?limit=1${query}`, { as: subject })).body.next as string;
  const follow = async (cursor: string, query = '', subject = 'engineer', path = '/v1/devices') =>
    (await api.call('GET', `${path}?limit=1${query}&cursor=${cursor}`, { as: subject })).status;

  test('a cursor continues its own list', async () => expect(await follow(await first(''))).toBe(200));

  test('another filter, list or person: 400', async () => {
    const cursor = await first('');
    expect(await follow(cursor, '&area=22')).toBe(400);
    expect(await follow(cursor, '', 'engineer', '/v1/sites')).toBe(400);
    expect(await follow(cursor, '', 'auditor')).toBe(400);
    expect(await follow(await first('&area=22'), '&area=31')).toBe(400);
  });

  test('a cursor changed anywhere: 400', async () => {
    const cursor = await first('');
    for (let at = 0; at < cursor.length - 1; at++) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      expect(await follow(cursor.slice(0, at) + other + cursor.slice(at + 1))).toBe(400);
    }
  });
});
