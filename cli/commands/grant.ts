/** `tocsin grant`: the first grant, with AWS credentials; every later one can go through the API. */
import { Command, Option } from 'commander';
import { roles } from '../../functions/domain/access/grant.ts';
import { Trade } from '../../functions/domain/severity.ts';
import type { Output } from '../output.ts';
import type { GrantOptions } from './give-grant.ts';

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
    .action(async (options: GrantOptions) => {
      const { giveGrant } = await import('./give-grant.ts');
      await giveGrant(options, output);
    });
