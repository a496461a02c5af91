/** What `tocsin audit` does; loaded when somebody asks for it, because it brings the AWS SDK. */
import { systemClock } from '../../functions/adapters/clock.ts';
import { dynamoAuditLog } from '../../functions/adapters/dynamo/audit-log.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import type { Output } from '../output.ts';
import { onDeployment } from '../repair-command.ts';
import type { AuditOptions } from './repair-options.ts';

export const listAudit = (options: AuditOptions, output: Output): Promise<void> =>
  onDeployment(options.stage, output, async ({ dynamo, output: named }) => {
    const day = options.day ?? rfc3339(systemClock.now()).slice(0, 10);
    const entries = await dynamoAuditLog(dynamo, named('RecordsTableName')).list(day);
    if (options.json) output.line(JSON.stringify(entries, null, 2));
    else
      for (const { at, by, action, target, reason } of entries)
        output.line(`${rfc3339(at)} ${by}: ${action} ${target} (${reason})`);
    if (entries.length === 0 && !options.json) output.line(`nothing was done on ${day}`);
    return 0;
  });
