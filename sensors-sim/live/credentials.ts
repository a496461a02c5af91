import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { MqttVersion } from '../device/mqtt-transport.ts';
import { SimError } from '../sim-error.ts';

/** What a device needs to connect and publish, as registration and its own key pair gave it. */
export const DeviceIdentity = z.object({
  deviceId: z.string().min(1),
  /** Full topic, as registration returned it. */
  topic: z.string().min(1),
  /** PEM texts. */
  key: z.string().min(1),
  certificate: z.string().min(1),
});
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

/** Where a live run finds the platform. */
export interface LiveBroker {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'mqtts' | 'mqtt';
  readonly version: MqttVersion;
  /** PEM of the CA of the broker's certificate; absent: the public ones. */
  readonly ca?: string;
  identityOf(deviceId: string): DeviceIdentity;
}

/** Reads `<folder>/<deviceId>.json`. @throws SimError naming the file and the remedy */
export function identityFrom(folder: string, deviceId: string): DeviceIdentity {
  const file = join(folder, `${deviceId}.json`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new SimError(
      `${file} cannot be read: register the city first (npm start does it), or name the folder with --devices`,
    );
  }
  const parsed = DeviceIdentity.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SimError(
    `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'cannot be read'}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
