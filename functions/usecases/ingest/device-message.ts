import type { OpenedMessage } from '../../domain/telemetry/open-message.ts';
import type { BrokerMessage } from '../ports/archive.ts';

/** One message of a device, decoded as far as it goes without state. */
export interface DeviceMessage {
  readonly messageId: string;
  readonly opened: OpenedMessage;
  readonly broker: BrokerMessage;
}
