/** How a device reaches the broker: real MQTT, or a broker inside this process. */
export interface Transport {
  /** Begins to connect; exactly one `closed` follows in the end, whatever happens. */
  open(events: TransportEvents): Connection;
}

export interface TransportEvents {
  connected(): void;
  /** PUBACK of the message published under `token`. */
  acknowledged(token: number): void;
  /** The broker took the message off the wire but refuses it (MQTT 5 reason code). */
  refused(token: number, reason: string): void;
  closed(reason: string): void;
}

export interface Connection {
  /** QoS 1. Allowed after `connected`; ignored once closed. */
  publish(topic: string, bytes: Uint8Array, token: number): void;
  close(): void;
}

/** Why a connection is closed that the device ended itself. */
export const closedByDevice = 'closed by the device';
