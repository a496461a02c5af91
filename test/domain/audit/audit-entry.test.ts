import {
  AuditEntry,
  auditByMax,
  auditReasonMax,
  auditTargetMax,
} from '../../../functions/domain/audit/audit-entry.ts';

const entry = {
  at: 1_772_323_200_000,
  by: 'arn:aws:sts::123456789012:assumed-role/operator/someone',
  action: 'quarantine redrive',
  target: 'unit/2026-03-01/abc.json',
  reason: 'the unit was registered wrongly',
  detail: { reason: 'unit', count: 3, isDry: false },
};

const isEntry = (change: object): boolean => AuditEntry.safeParse({ ...entry, ...change }).success;

test('a deed says when, who, what, to what and why, with words, counts and answers about it', () => {
  expect(AuditEntry.parse(entry)).toEqual(entry);
  expect(isEntry({ more: 1 })).toBe(false);
  expect(isEntry({ detail: { payload: {} } })).toBe(false);
});

test.each([
  ['by', auditByMax],
  ['action', 64],
  ['target', auditTargetMax],
  ['reason', auditReasonMax],
])('%s has a character at least and %i at most', (field, max) => {
  expect(isEntry({ [field]: '' })).toBe(false);
  expect(isEntry({ [field]: 'x' })).toBe(true);
  expect(isEntry({ [field]: 'x'.repeat(max - 1) })).toBe(true);
  expect(isEntry({ [field]: 'x'.repeat(max) })).toBe(true);
  expect(isEntry({ [field]: 'x'.repeat(max + 1) })).toBe(false);
});
