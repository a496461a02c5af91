/** The first TLS handshake with the MQTT listener, so that no device is the first. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import tls from 'node:tls';
import type { MqttAddress } from './mqtt-address.ts';

/** One try. The listener makes its certificate within a second or two. Milliseconds. */
const tryMsMax = 2_000;
const pauseMs = 100;
/** Longest of all tries together; whoever connects then tries for himself. Milliseconds. */
const allMsMax = 20_000;

/**
 * Shakes hands until it succeeds once.
 *
 * The emulator makes its certificate when the first device comes, and on Python before 3.12 loses the first words of
 * everybody who comes meanwhile: they would wait for their whole timeout.
 *
 * @returns false when nobody shook hands within the time; devices may still get through
 */
export async function firstHandshake(
  { protocol, host, port, caFile }: MqttAddress,
  forMs = allMsMax,
): Promise<boolean> {
  if (protocol === 'mqtt') return true;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    if (await shakesHands({ host, port, ...(ca === undefined ? {} : { ca }) })) return true;
    await delay(pauseMs);
  }
  return false;
}

function shakesHands(options: tls.ConnectionOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls.connect({ ...options, servername: 'localhost' });
    const end = (isDone: boolean) => {
      socket.destroy();
      resolve(isDone);
    };
    socket.setTimeout(tryMsMax, () => end(false));
    socket.once('secureConnect', () => end(true));
    socket.once('error', () => end(false));
  });
}
