/** What a repair has found, and what it does about it. */

/** Each kind with what mends it; `isMended` is false for what only a person, or another part, can do something about. */
export const findingKinds = {
  'orphan-transitions': { remedy: 'the alert is made again out of its transitions', isMended: true },
  'alert-behind': { remedy: 'the alert is brought to its last transition', isMended: true },
  'transition-lost': {
    remedy: 'its number is filled by a transition "restored", so that no number is used twice',
    isMended: true,
  },
  succeeded: { remedy: 'the alert is closed: a newer one of the same matter stands', isMended: true },
  'list-entry-missing': { remedy: 'the entry is written', isMended: true },
  'list-entry-stale': { remedy: 'the entry is taken away', isMended: true },
  'not-in-index': { remedy: 'it is put back where sweep finds what has no decision', isMended: true },
  unsent: {
    remedy: 'sweep decides on it within 30 s; look at the log of sweep when it stays',
    isMended: false,
  },
  'guard-missing': { remedy: 'the guard is written, so that no second alert opens', isMended: true },
  'guard-behind': { remedy: 'the guard is brought to its alert', isMended: true },
  'guard-ahead': { remedy: 'the alert is brought to what its guard knows', isMended: true },
  'guard-empty': { remedy: 'the guard forgets an alert that is over and gone', isMended: true },
  'member-lost': { remedy: 'the correlation is told of the alert again', isMended: true },
  'alert-lost': { remedy: 'the alert is raised again under its own id', isMended: true },
  'twin-missing': { remedy: 'a new twin is written; its silence counts from now on', isMended: true },
  'twin-behind': { remedy: 'the twin is told of the alert', isMended: true },
  'twin-ahead': { remedy: 'the alert is brought to what the twin has told', isMended: true },
  'twin-unreadable': {
    remedy: 'newer or damaged: deploy the newest code, else revoke and register again',
    isMended: false,
  },
  'device-unregistered': {
    remedy: 'register the device again; until then its messages are quarantined',
    isMended: false,
  },
} as const satisfies Readonly<Record<string, { readonly remedy: string; readonly isMended: boolean }>>;
export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  readonly kind: FindingKind;
  /** An alert, a guard or a device. */
  readonly subject: string;
  /** What is wrong with it. */
  readonly found: string;
}

export const remedyOf = ({ kind }: Pick<Finding, 'kind'>): string => findingKinds[kind].remedy;
export const isMended = ({ kind }: Pick<Finding, 'kind'>): boolean => findingKinds[kind].isMended;
