/** `tocsin grant`: the first grant, with AWS credentials; every later one can go through the API. */
import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { systemClock } from '../../functions/adapters/clock.ts';
import { dynamoGrantStore } from '../../functions/adapters/dynamo/grants-store.ts';
import { NewGrant, roles } from '../../functions/domain/access/grant.ts';
import { Trade } from '../../functions/domain/severity.ts';
import { writeGrant } from '../grant.ts';
import type { Output } from '../output.ts';
import { openRecords } from '../records-table.ts';

interface GrantOptions {
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

async function grant(options: GrantOptions, output: Output): Promise<void> {
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

export const grantCommand = (output: Output): Command =>
  new Command('grant')
    .description('Gives the subject of a token a role, with AWS credentials (the first grant).')
    .requiredOption('--issuer <url>', 'issuer of the token: its iss')
    .requiredOption('--subject <sub>', 'subject of the token: its sub; of a machine its client id')
    .addOption(new Option('--role <role>', 'what the subject may do').choices(roles).makeOptionMandatory())
    .option('--enterprise <id>', 'the enterprise, for the role enterprise')
    .option('--area <code...>', 'area prefixes such as 22, for the role regulator')
    .addOption(
      new Option('--trade <trade...>', 'trades, for the role regulator (default: all)').choices(
        Trade.options,
      ),
    )
    .option('--from <instant>', 'first instant, RFC 3339 (default: now)')
    .option('--until <instant>', 'first instant at which it no longer holds, RFC 3339')
    .option('--table <name>', 'the Records table (default: that of the city that npm start runs)')
    .option('--json', 'the result as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  tocsin grant --issuer https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x --subject 6f0c... --role engineer --table Records
  tocsin grant --issuer https://id.example --subject li --role regulator --area 2201 --trade gas chemical

GET /v1/me with a token says its issuer and subject. Running it again changes nothing. A grant ends by
POST /v1/grants/{id}/revoke.`,
    )
    .action((options: GrantOptions) => grant(options, output));
