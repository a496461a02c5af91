/** The file that stands for ever where the file of a retired rule stood. */
import { stringify } from 'yaml';
import type { Tombstone } from '../../functions/domain/rules/book.ts';

/** The text of a tombstone's file; `readBookFile` reads it. */
export const tombstoneText = ({ id, by, reason, date }: Tombstone): string =>
  `# This rule has ended. The file stays for ever: alerts of the past are known by the id.\n${stringify({ id, retired: { by, reason, date } }, { lineWidth: 0 })}`;
