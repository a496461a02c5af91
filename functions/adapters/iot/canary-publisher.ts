import { type IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { CanaryPublisher } from '../../usecases/ports/messaging.ts';
import { toAdapterError } from '../aws-errors.ts';

/** Publishes the canary over HTTPS, through the broker and the topic rule like any device's message. */
export function iotCanaryPublisher(client: IoTDataPlaneClient, topic: string): CanaryPublisher {
  return {
    publish: async (at) => {
      try {
        await client.send(
          new PublishCommand({ topic, qos: 1, payload: Buffer.from(JSON.stringify({ at })) }),
        );
      } catch (error) {
        throw toAdapterError('publish canary', error);
      }
    },
  };
}
