import { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { rfc3339 } from '../../domain/time.ts';
import type { AuditLog } from '../../usecases/ports/audit.ts';

/** The audit of tools in this process. */
export function memoryAuditLog(): AuditLog {
  const entries = new Map<string, AuditEntry>();
  return {
    append: async (entry) => {
      entries.set(JSON.stringify(AuditEntry.parse(entry)), entry);
    },
    list: async (day) =>
      [...entries.values()].filter(({ at }) => rfc3339(at).startsWith(day)).toSorted((a, b) => a.at - b.at),
  };
}
