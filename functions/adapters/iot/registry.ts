import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod';
import type { DeviceId } from '../../domain/ids.ts';
import type { Certificate, IdentityRegistry } from '../../usecases/ports/identity.ts';
import { isAwsError, toAdapterError } from '../aws-errors.ts';

const Created = z.object({
  certificateId: z.string(),
  certificateArn: z.string(),
  certificatePem: z.string(),
});

/** The register of AWS IoT: a thing named like the device, a certificate from its request, the device policy. */
export function iotRegistry(client: IoTClient, policyName: string): IdentityRegistry {
  const update = (certificateId: string, newStatus: 'ACTIVE' | 'REVOKED'): Promise<void> =>
    attempt('UpdateCertificate', () =>
      client.send(new UpdateCertificateCommand({ certificateId, newStatus })),
    );

  async function discard(deviceId: DeviceId, { certificateId, certificateArn }: Certificate): Promise<void> {
    const gone = 'ResourceNotFoundException';
    const membership = { thingName: deviceId, principal: certificateArn };
    await attempt(
      'DetachThingPrincipal',
      () => client.send(new DetachThingPrincipalCommand(membership)),
      gone,
    );
    const attachment = { policyName, target: certificateArn };
    await attempt('DetachPolicy', () => client.send(new DetachPolicyCommand(attachment)), gone);
    await attempt(
      'DeleteCertificate',
      () => client.send(new DeleteCertificateCommand({ certificateId })),
      gone,
    );
  }

  return {
    discard,
    create: async (deviceId, csrPem) => {
      const made = await createCertificate(client, deviceId, csrPem);
      const target = made.certificateArn;
      try {
        await attempt('AttachPolicy', () => client.send(new AttachPolicyCommand({ policyName, target })));
        const membership = { thingName: deviceId, principal: target };
        await attempt('AttachThingPrincipal', () => client.send(new AttachThingPrincipalCommand(membership)));
      } catch (error) {
        await discard(deviceId, made);
        throw error;
      }
      return made;
    },
    activate: (certificateId) => update(certificateId, 'ACTIVE'),
    revoke: (certificateId) => update(certificateId, 'REVOKED'),
  };
}

/** A thing without a certificate can do nothing, so one that an earlier try left behind is simply used. */
async function createCertificate(
  client: IoTClient,
  deviceId: DeviceId,
  csrPem: string,
): Promise<Certificate> {
  const thing = new CreateThingCommand({ thingName: deviceId });
  await attempt('CreateThing', () => client.send(thing), 'ResourceAlreadyExistsException');
  try {
    const request = { certificateSigningRequest: csrPem, setAsActive: false };
    return Created.parse(await client.send(new CreateCertificateFromCsrCommand(request)));
  } catch (error) {
    throw toAdapterError('CreateCertificateFromCsr', error);
  }
}

/** Does one action; a failure named `expected` means that it was done before. @throws AdapterError */
async function attempt(what: string, doing: () => Promise<unknown>, expected?: string): Promise<void> {
  try {
    await doing();
  } catch (error) {
    if (expected !== undefined && isAwsError(error, expected)) return;
    throw toAdapterError(what, error);
  }
}
