import { createCorrelator } from '../../../cli/correlate/correlator.ts';
import { sensorSubject } from '../../../functions/domain/alerts/belonging.ts';
import { DeviceId, RuleId } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';
import { loadBook } from '../../../sensors-sim/virtual/book.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();
const start = Date.UTC(2026, 2, 1);
const rule = 'coal-mine.methane.several-places';

/** Two places at the cut, one of which recovers: what the correlation says of it. */
function said() {
  const records: { change: string; because: string }[] = [];
  const correlator = createCorrelator(loadBook().correlations, ({ verdict, because }) =>
    records.push({ change: verdict.change, because }),
  );
  const own = { zh: '-', en: '-' };
  const take = (sensorId: string, s: number, condition: 'firing' | 'recovered'): void =>
    correlator.take({
      matter: {
        ruleId: RuleId.parse('coal-mine.methane.coal-face'),
        ruleVersion: '-',
        kind: 'risk',
        title: own,
        advice: own,
        unit: '%{vol}',
      },
      subject: sensorSubject('station-1', sensorId),
      scope: {
        area: '-',
        enterpriseId: '-',
        siteId: 'mine',
        sourceId: 'face-12',
        trade: 'coal-mine',
        deviceId: DeviceId.parse('station-1'),
      },
      draft: {
        change: condition === 'firing' ? 'raised' : 'recovered',
        condition,
        severity: 'red',
        at: instant(start + s * 1000),
        phenomenonAt: instant(start + s * 1000),
        value: 1.6,
        marks: [],
        because: '',
      },
    });
  take('t0', 0, 'firing');
  take('t2', 60, 'firing');
  take('t0', 100, 'recovered');
  correlator.advance(instant(start + 600_000));
  return records;
}

async function explained(record: unknown, ...words: string[]) {
  return tocsin('rules', 'explain', await folder.put('record.json', JSON.stringify(record)), ...words);
}

test('a correlation is explained by its members, with when each counted', async () => {
  const [raised] = said();
  const { out, code } = await explained({ version: 1, because: raised?.because });
  expect(code).toBe(0);
  expect(out.replace(/al-[0-9a-f]{20}/g, 'al-…')).toBe(
    [
      `#1 raised red: Methane over limit at several places of one source   ${rule} / source face-12`,
      '├─ at 2026-03-01 00:01:00 UTC, decided 2026-03-01 00:01:00',
      '├─ because of a change of the alert al-… #1',
      '├─ different subjects at the same time, at least 2, within 5m, clearFor 1m, role alert',
      '│  ├─ ✓ station-1/t0   counts 2026-03-01 00:00:00 and stands   (al-…)',
      '│  └─ ✓ station-1/t2   counts 2026-03-01 00:01:00 and stands   (al-…)',
      '└─ notes',
      '   ├─ the rule in the book has the version that decided',
      '   └─ replayed: the same bytes',
    ].join('\n'),
  );
});

test('its end names what had counted until when, and what it had said before', async () => {
  const [, recovered] = said();
  const { out } = await explained({ because: recovered?.because });
  expect(out).toContain('because of time: nothing is missing before 2026-03-01 00:10:00');
  expect(out).toContain('✗ station-1/t0   counts 2026-03-01 00:00:00 to 2026-03-01 00:06:40');
  expect(out).toContain('└─ 2026-03-01 00:01:00 and stands');
});

test('--json gives the record, the members and the replay; Chinese has words for all of it', async () => {
  const [raised] = said();
  const { out } = await explained({ because: raised?.because }, '--json');
  expect(JSON.parse(out)).toMatchObject({
    record: { rule },
    book: 'same',
    replay: 'same',
    members: [{ subjectId: 'station-1/t0', isCounted: true }, { subjectId: 'station-1/t2' }],
  });
  const chinese = (await explained({ because: raised?.because }, '--lang', 'zh')).out;
  expect(chinese).toContain('同时报警的不同对象，至少 2');
});

test('a record that was changed does not replay, which is a finding', async () => {
  const [raised] = said();
  const { out, code } = await explained({ because: raised?.because.replace('"count":2', '"count":3') });
  expect(out).toContain('replayed: something differs');
  expect(code).toBe(1);
});

test('what a parent wrote on its child names the parent', async () => {
  const { out } = await explained({ because: '{"kind":"correlation","parent":"al-123"}' });
  expect(out).toBe('this alert stands under another one: tocsin rules explain al-123');
});
