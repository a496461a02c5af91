import { randomUUID } from 'node:crypto';
import {
  CreatePolicyCommand,
  DescribeCertificateCommand,
  IoTClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import { iotRegistry } from '../../functions/adapters/iot/registry.ts';
import { memoryRegistry } from '../../functions/adapters/memory/registry.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import type { IdentityRegistry } from '../../functions/usecases/ports/identity.ts';
import { makeCsr } from '../support/csr.ts';
import { endpoint } from '../support/tables.ts';

interface Opened {
  readonly registry: IdentityRegistry;
  /** Status of a certificate in the broker's own words, lower case; undefined when it is gone. */
  readonly statusOf: (certificateId: string) => Promise<string | undefined>;
}

/** What every `IdentityRegistry` promises. */
function identityRegistryContract(name: string, open: () => Promise<Opened>): void {
  describe(`identity registry: ${name}`, () => {
    let opened: Opened;
    let csr: string;
    const newId = () => DeviceId.parse(`contract-${randomUUID()}`);
    beforeAll(async () => {
      opened = await open();
      csr = await makeCsr();
    });

    test('a certificate is made inactive, opens with its activation and never after its revocation', async () => {
      const { registry, statusOf } = opened;
      const { certificateId, certificatePem } = await registry.create(newId(), csr);
      expect(certificatePem).toContain('BEGIN CERTIFICATE');
      expect(await statusOf(certificateId)).toBe('inactive');
      await registry.activate(certificateId);
      expect(await statusOf(certificateId)).toBe('active');
      await registry.activate(certificateId);
      await registry.revoke(certificateId);
      await registry.revoke(certificateId);
      expect(await statusOf(certificateId)).toBe('revoked');
    });

    test('what was made can be undone, twice, and made again', async () => {
      const { registry, statusOf } = opened;
      const deviceId = newId();
      const made = await registry.create(deviceId, csr);
      await registry.discard(deviceId, made);
      expect(await statusOf(made.certificateId)).toBeUndefined();
      await registry.discard(deviceId, made);
      const again = await registry.create(deviceId, csr);
      expect(await statusOf(again.certificateId)).toBe('inactive');
    });
  });
}

identityRegistryContract('memory', async () => {
  const registry = memoryRegistry();
  return { registry, statusOf: async (id) => registry.certificates.get(id) };
});

async function openPolicy(client: IoTClient): Promise<string> {
  const policyName = `contract-${randomUUID()}`;
  const statement = { Effect: 'Deny', Action: 'iot:Connect', Resource: '*' };
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new CreatePolicyCommand({ policyName, policyDocument }));
  return policyName;
}

if (endpoint !== undefined)
  identityRegistryContract(`AWS IoT at ${endpoint}`, async () => {
    const client = new IoTClient({ region: process.env['AWS_REGION'] ?? 'us-east-1' });
    const statusOf = async (certificateId: string) => {
      try {
        const { certificateDescription } = await client.send(
          new DescribeCertificateCommand({ certificateId }),
        );
        return certificateDescription?.status?.toLowerCase();
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    };
    return { registry: iotRegistry(client, await openPolicy(client)), statusOf };
  });
