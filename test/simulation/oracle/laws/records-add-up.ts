import type { Law } from '../law.ts';

/**
 * accepted = stored + quarantined + duplicate, in records (design 2.1), by the product's own counts; and it counted no less
 * than what was sent. Said only of runs in which no invocation crashed, since a crash loses counts.
 */
export const recordsAddUp: Law = {
  name: 'records-add-up',
  check: ({ history, messages }) => {
    if (history.crashes.length > 0) return [];
    const count = (name: string): number => history.metrics[name] ?? 0;
    const accepted = count('RecordsAccepted');
    const settled = count('RecordsStored') + count('RecordsQuarantined') + count('RecordsDuplicate');
    const findings: { what: string }[] = [];
    if (accepted !== settled)
      findings.push({ what: `${accepted} records were accepted and ${settled} stored, kept or known` });
    let sent = 0;
    let taken = 0;
    for (const { kind, pack, done } of messages) {
      if (kind === 'canary' || done > history.phases.end) continue;
      taken += 1;
      sent += pack === undefined ? 1 : pack.records.length + pack.faults.length;
    }
    if (accepted < sent) findings.push({ what: `${sent} records were sent and ${accepted} counted` });
    const completed = count('MessagesCompleted');
    if (completed < taken) findings.push({ what: `${taken} messages were sent and ${completed} completed` });
    return findings;
  },
};
