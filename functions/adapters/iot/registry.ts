import * as z from 'zod';
import type { DeviceId } from '../../domain/ids.ts';
import type { Certificate, IdentityRegistry } from '../../usecases/ports/identity.ts';
import { AdapterError } from '../adapter-error.ts';
import { isAwsError } from '../aws-errors.ts';
import type { IotCall } from './signed-call.ts';

const Created = z.object({
  certificateId: z.string(),
  certificateArn: z.string(),
  certificatePem: z.string(),
});

/** The register of AWS IoT: a thing named like the device, a certificate from its request, the device policy. */
export function iotRegistry(call: IotCall, policyName: string): IdentityRegistry {
  const policy = `/target-policies/${encodeURIComponent(policyName)}`;
  const thing = (deviceId: DeviceId) => `/things/${encodeURIComponent(deviceId)}`;
  const certificate = (id: string) => `/certificates/${encodeURIComponent(id)}`;
  const principal = ({ certificateArn }: Certificate) => ({ 'x-amzn-principal': certificateArn });

  async function discard(deviceId: DeviceId, made: Certificate): Promise<void> {
    const { certificateId, certificateArn } = made;
    const headers = principal(made);
    await unlessGone(() =>
      call({
        action: 'DetachThingPrincipal',
        method: 'DELETE',
        path: `${thing(deviceId)}/principals`,
        headers,
      }),
    );
    const target = { target: certificateArn };
    await unlessGone(() => call({ action: 'DetachPolicy', method: 'POST', path: policy, body: target }));
    await unlessGone(() =>
      call({ action: 'DeleteCertificate', method: 'DELETE', path: certificate(certificateId) }),
    );
  }

  const update = (certificateId: string, newStatus: 'ACTIVE' | 'REVOKED') =>
    call({
      action: 'UpdateCertificate',
      method: 'PUT',
      path: certificate(certificateId),
      query: { newStatus },
    });

  return {
    discard,
    create: async (deviceId, csrPem) => {
      // A thing without a certificate can do nothing, so one that an earlier try left behind is simply used.
      await unlessThere(() => call({ action: 'CreateThing', method: 'POST', path: thing(deviceId) }));
      const made = Created.parse(
        await call({
          action: 'CreateCertificateFromCsr',
          method: 'POST',
          path: '/certificates',
          query: { setAsActive: 'false' },
          body: { certificateSigningRequest: csrPem },
        }),
      );
      try {
        const body = { target: made.certificateArn };
        await call({ action: 'AttachPolicy', method: 'PUT', path: policy, body });
        const path = `${thing(deviceId)}/principals`;
        await call({ action: 'AttachThingPrincipal', method: 'PUT', path, headers: principal(made) });
      } catch (error) {
        await discard(deviceId, made);
        throw error;
      }
      return made;
    },
    activate: async (certificateId) => {
      await update(certificateId, 'ACTIVE');
    },
    revoke: async (certificateId) => {
      await update(certificateId, 'REVOKED');
    },
  };
}

const hasName = (error: unknown, name: string): boolean =>
  isAwsError(error, name) || (error instanceof AdapterError && isAwsError(error.cause, name));

/** What is gone already need not be undone. */
async function unlessGone(undo: () => Promise<unknown>): Promise<void> {
  try {
    await undo();
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
  }
}

async function unlessThere(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!hasName(error, 'ResourceAlreadyExistsException')) throw error;
  }
}
