/** `tocsin audit`: what people did with the repair tools. */
import { Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { withPlace } from '../repair-command.ts';
import type { AuditOptions } from './repair-options.ts';

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('must be a day such as 2026-01-02');
}

export const auditCommand = (output: Output): Command =>
  withPlace(new Command('audit'))
    .description('What people did with the repair tools on one day: when, who, what, why.')
    .option('--day <day>', 'the day in UTC (default: today)', dayOf)
    .action(async (options: AuditOptions) => {
      const { listAudit } = await import('./run-audit.ts');
      await listAudit(options, output);
    });
