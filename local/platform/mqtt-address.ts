/** Where devices connect. */
export interface MqttAddress {
  /** Plain `mqtt` only where a platform has nothing else. */
  readonly protocol: 'mqtts' | 'mqtt';
  readonly host: string;
  readonly port: number;
  readonly caFile?: string;
}
