import { sha256 } from '../../domain/ids.ts';
import type { IdentityRegistry } from '../../usecases/ports/identity.ts';

export type CertificateStatus = 'inactive' | 'active' | 'revoked';

export interface MemoryRegistry extends IdentityRegistry {
  /** Status by certificate id; a discarded one is gone. */
  readonly certificates: ReadonlyMap<string, CertificateStatus>;
}

/** The broker's register in memory; its certificates are names without cryptography. */
export function memoryRegistry(): MemoryRegistry {
  const certificates = new Map<string, CertificateStatus>();
  let made = 0;
  return {
    certificates,
    create: async (deviceId, csrPem) => {
      made += 1;
      const certificateId = sha256(deviceId, csrPem, String(made));
      certificates.set(certificateId, 'inactive');
      const certificatePem = `-----BEGIN CERTIFICATE-----\n${certificateId}\n-----END CERTIFICATE-----\n`;
      return { certificateId, certificateArn: `arn:memory:${certificateId}`, certificatePem };
    },
    activate: async (certificateId) => {
      certificates.set(certificateId, 'active');
    },
    revoke: async (certificateId) => {
      certificates.set(certificateId, 'revoked');
    },
    discard: async (_deviceId, { certificateId }) => {
      certificates.delete(certificateId);
    },
  };
}
