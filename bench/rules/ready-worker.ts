/** One start: times the way from the file of a book, packed as beside a bundle, to the first message of one device, and prints it. */
import { readFileSync } from 'node:fs';
import { openBook } from '../../functions/adapters/rule-book/packed-book.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { emptyRuleState } from '../../functions/domain/rules/engine/state.ts';
import { judge } from '../../functions/domain/rules/engine.ts';
import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { instant } from '../../functions/domain/time.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { registrationsOf } from './workload/fleet.ts';
import { growthSizes, registeredAt, startAt } from './workload/size.ts';

const [file = '', digest = ''] = process.argv.slice(2);
const size = growthSizes.at(-1);
const registration = DeviceRegistration.parse(size && registrationsOf(size)[0]);
const sensorId = registration.sensors[0]?.sensorId ?? '';

/** Time that this thread has had, so that others on the machine are not counted. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const startedAt = threadMs();
const json = openBook(readFileSync(file), digest);
const openedAt = threadMs();
const rules = deviceRulesOf(readRuleBook(json))(registration);
const receivedAt = instant(startAt);
const { state } = judge(
  rules,
  emptyRuleState(rules, registeredAt),
  {
    receivedAt,
    readings: [
      {
        sensorId,
        index: 0,
        phenomenonAt: receivedAt,
        receivedAt,
        lifeAt: receivedAt,
        value: 30,
        quality: 'good',
        trusted: true,
      },
    ],
  },
  receivedAt,
);
const readyMs = threadMs() - startedAt;
if (state.seenAt !== receivedAt) throw new Error('the first message was not judged');
process.stdout.write(JSON.stringify({ readyMs, openMs: openedAt - startedAt }));
