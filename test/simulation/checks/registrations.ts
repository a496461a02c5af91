import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import type { History } from '../history.ts';
import { jsonOf, textOf } from '../oracle/facts/items.ts';

/** The devices as the tables register them at the end. */
export const registrationsIn = ({ tables: { records } }: History): ReadonlyMap<string, DeviceRegistration> =>
  new Map(
    records
      .filter((item) => textOf(item, 'sk') === 'DEV')
      .map((item) => DeviceRegistration.parse(jsonOf(item, 'doc')))
      .map((one) => [one.deviceId, one]),
  );
