import type { Law } from '../law.ts';

/**
 * Nobody hears of what is not in the tables: each notification is of a transition that was committed before, and says what
 * that says (design 6). What a receiver has was published, word for word, before.
 */
export const toldAfterCommit: Law = {
  name: 'told-after-commit',
  check: ({ history, byId, bodyOf }) => {
    const findings: { what: string; at: number }[] = [];
    const published = new Map<string, { at: number; body: string }>();
    for (const { at, messageId, body } of history.published) {
      published.set(messageId, { at, body });
      const said = bodyOf(body);
      const told = said && byId.get(said.id);
      if (said === undefined || told === undefined) {
        findings.push({ what: `${messageId} tells of ${said?.id ?? 'nothing'}, which is no transition`, at });
        continue;
      }
      if (told.writtenAt > at)
        findings.push({ what: `${told.id} was published before it was committed`, at });
      const { data } = said;
      const isSame =
        data.alertId === told.alertId &&
        data.version === told.version &&
        data.change === told.change &&
        data.condition === told.condition &&
        data.severity === told.severity &&
        data.closed === told.closed &&
        said.subject === `${told.matter.ruleId}/${told.subject.id}`;
      if (!isSame) findings.push({ what: `what was published of ${told.id} is not what it says`, at });
    }
    for (const { at, receiver, messageId, body } of history.received) {
      const known = published.get(messageId);
      if (known === undefined || known.body !== body || known.at > at)
        findings.push({ what: `${receiver} received ${messageId}, which was not published so`, at });
    }
    return findings;
  },
};
