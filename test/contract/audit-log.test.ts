import { dynamoAuditLog } from '../../functions/adapters/dynamo/audit-log.ts';
import { memoryAuditLog } from '../../functions/adapters/memory/audit-log.ts';
import type { AuditEntry } from '../../functions/domain/audit/audit-entry.ts';
import { instant } from '../../functions/domain/time.ts';
import type { AuditLog } from '../../functions/usecases/ports/audit.ts';
import { endpoint, openTables, type TestTables } from '../support/tables.ts';

const noon = Date.UTC(2026, 0, 2, 12);
const entry = (ms: number, given: Partial<AuditEntry> = {}): AuditEntry => ({
  at: instant(noon + ms),
  by: 'li',
  action: 'quarantine drop',
  target: 'not-json/2026-01-02/abc.json',
  reason: 'a test',
  detail: { sha256: 'ab', readable: true, count: 2 },
  ...given,
});

function auditLogContract(name: string, open: () => AuditLog): void {
  test(`${name}: what was done on a day is told in order, and of that day alone`, async () => {
    const log = open();
    const [first, second, next] = [entry(1), entry(2, { by: 'wang' }), entry(86_400_000)];
    for (const one of [second, next, first]) await log.append(one);
    expect(await log.list('2026-01-02')).toEqual([first, second]);
    expect(await log.list('2026-01-03')).toEqual([next]);
    expect(await log.list('2026-01-04')).toEqual([]);
  });

  test(`${name}: the same entry twice is one, and two deeds of one instant are two`, async () => {
    const log = open();
    for (const one of [entry(0), entry(0), entry(0, { target: 'other' })]) await log.append(one);
    expect(await log.list('2026-01-02')).toHaveLength(2);
  });

  test(`${name}: a reason of 500 characters is kept, one of 501 and none are refused`, async () => {
    const log = open();
    for (const length of [499, 500]) await log.append(entry(length, { reason: 'x'.repeat(length) }));
    for (const reason of ['x'.repeat(501), ''])
      await expect(log.append(entry(0, { reason }))).rejects.toThrow();
    expect(await log.list('2026-01-02')).toHaveLength(2);
  });
}

auditLogContract('memory', memoryAuditLog);

if (endpoint !== undefined)
  describe('the real table', () => {
    let tables: TestTables;
    beforeEach(async () => {
      tables = await openTables();
    }, 180_000);
    afterEach(() => tables.remove());
    auditLogContract('dynamo', () => dynamoAuditLog(tables.client, tables.records));
  });
