import type { AuditEntry } from '../../domain/audit/audit-entry.ts';

/** What people did to the system itself. Append-only. */
export interface AuditLog {
  /** Written before the deed: a deed without its entry must not be. The same entry twice is one. @throws AdapterError */
  append(entry: AuditEntry): Promise<void>;
  /** Of one day, as `2026-01-02` in UTC, oldest first. @throws AdapterError */
  list(day: string): Promise<readonly AuditEntry[]>;
}
