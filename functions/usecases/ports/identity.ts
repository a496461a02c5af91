import type { DeviceId } from '../../domain/ids.ts';

export interface Certificate {
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly certificatePem: string;
}

/**
 * The broker's register of who may connect. A certificate opens the door only while it is active.
 *
 * Every call may be repeated. @throws AdapterError
 */
export interface IdentityRegistry {
  /** A certificate that is not active yet, bound to the device's name and to the device policy. */
  create(deviceId: DeviceId, csrPem: string): Promise<Certificate>;
  activate(certificateId: string): Promise<void>;
  /** Refuses new connections with it, for ever. */
  revoke(certificateId: string): Promise<void>;
  /** Undoes `create` of a certificate that was never active. */
  discard(deviceId: DeviceId, certificate: Certificate): Promise<void>;
}
