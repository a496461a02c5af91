/** What `tocsin grant` does; loaded when somebody asks for it, because it brings the AWS SDK. */
import { randomUUID } from 'node:crypto';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { systemClock } from '../../functions/adapters/clock.ts';
import { dynamoGrantStore } from '../../functions/adapters/dynamo/grants-store.ts';
import { NewGrant } from '../../functions/domain/access/grant.ts';
import { writeGrant } from '../grant.ts';
import type { Output } from '../output.ts';
import { openRecords } from '../records-table.ts';

export interface GrantOptions {
  readonly issuer: string;
  readonly subject: string;
  readonly role: string;
  readonly enterprise?: string;
  readonly area?: readonly string[];
  readonly trade?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly table?: string;
  readonly json: boolean;
}

/** Only what was said: a field that does not belong to the role is refused, not dropped. */
const wished = ({ issuer, subject, role, enterprise, area, trade, from, until }: GrantOptions): unknown =>
  Object.fromEntries(
    Object.entries({
      issuer,
      subject,
      role,
      enterpriseId: enterprise,
      areas: area,
      trades: trade,
      from,
      until,
    }).filter(([, value]) => value !== undefined),
  );

const flagOf: Readonly<Record<string, string>> = {
  enterpriseId: 'enterprise',
  areas: 'area',
  trades: 'trade',
};

const example = 'tocsin grant --issuer <url> --subject <sub> --role engineer --table <Records table>';

/** Writes the grant that `options` wish, or tells why it is none. */
export async function giveGrant(options: GrantOptions, output: Output): Promise<void> {
  const refuse = (reason: string): void => {
    output.remark(reason);
    output.exitWith(1);
  };
  const declared = NewGrant.safeParse(wished(options));
  if (!declared.success) {
    const lines = declared.error.issues.map(({ code, path, message, ...issue }) => {
      const names = code === 'unrecognized_keys' && 'keys' in issue ? issue.keys : [path.join('.')];
      const field = String(names).split('.')[0] ?? '';
      const detail = code === 'unrecognized_keys' ? `has no meaning for the role ${options.role}` : message;
      return `--${flagOf[field] ?? field}: ${detail}`;
    });
    return refuse(lines.join('\n'));
  }
  const opened = await openRecords(options.table);
  if (opened === undefined)
    return refuse(`no city runs here. Remedy: npm start, or name the table: ${example}`);
  const { client, table } = opened;
  try {
    const nonce = randomUUID();
    const written = await writeGrant(dynamoGrantStore(client, table), declared.data, {
      nonce,
      now: systemClock.now(),
    });
    if (!written.ok) return refuse(`--${written.field}: ${written.remedy}`);
    const { grantId, role, subject } = written.grant;
    const said = { grantId, subject, role, table, isNew: written.isNew };
    output.line(
      options.json
        ? JSON.stringify(said, null, 2)
        : `${subject} ${written.isNew ? 'is now' : 'already was'} ${role} (grant ${grantId} in ${table})`,
    );
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    refuse(`${error.message}. Remedy: check --table ${table}, the region and the AWS credentials`);
  } finally {
    client.destroy();
  }
}
