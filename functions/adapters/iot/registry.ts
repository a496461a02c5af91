import * as z from 'zod';
import type { DeviceId } from '../../domain/ids.ts';
import type { Certificate, IdentityRegistry } from '../../usecases/ports/identity.ts';
import { AdapterError } from '../adapter-error.ts';
import { isAwsError } from '../aws-errors.ts';
import { type AwsPlace, type SignedCall, signedCall } from '../signed-call.ts';

const Created = z.object({
  certificateId: z.string(),
  certificateArn: z.string(),
  certificatePem: z.string(),
});

const service = { name: 'iot', host: 'iot' };

interface Action {
  /** As in policies: `CreateThing`. */
  readonly action: string;
  readonly method: SignedCall['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly principal?: string;
  readonly body?: unknown;
}

/** Does one action of AWS IoT; answers the text that it says. @throws AdapterError */
type Call = (action: Action) => Promise<string>;

/** IoT's own client alone would be a third of the function's bundle; seven actions need only the signer. */
const callAt =
  (place: AwsPlace): Call =>
  ({ action, method, path, query = {}, principal, body }) =>
    signedCall(place, {
      what: action,
      service,
      method,
      path,
      query,
      headers: {
        'content-type': 'application/json',
        ...(principal === undefined ? {} : { 'x-amzn-principal': principal }),
      },
      body: method === 'DELETE' ? '' : JSON.stringify(body ?? {}),
    });

/** The register of AWS IoT: a thing named like the device, a certificate from its request, the device policy. */
export function iotRegistry(place: AwsPlace, policyName: string): IdentityRegistry {
  const call = callAt(place);
  const policy = `/target-policies/${encodeURIComponent(policyName)}`;
  const certificate = (id: string) => `/certificates/${encodeURIComponent(id)}`;
  const update = async (certificateId: string, newStatus: 'ACTIVE' | 'REVOKED'): Promise<void> => {
    await call({
      action: 'UpdateCertificate',
      method: 'PUT',
      path: certificate(certificateId),
      query: { newStatus },
    });
  };

  async function discard(deviceId: DeviceId, { certificateId, certificateArn }: Certificate): Promise<void> {
    const path = `${thingPath(deviceId)}/principals`;
    const principal = certificateArn;
    await unlessGone(call({ action: 'DetachThingPrincipal', method: 'DELETE', path, principal }));
    const body = { target: certificateArn };
    await unlessGone(call({ action: 'DetachPolicy', method: 'POST', path: policy, body }));
    await unlessGone(
      call({ action: 'DeleteCertificate', method: 'DELETE', path: certificate(certificateId) }),
    );
  }

  return {
    discard,
    create: async (deviceId, csrPem) => {
      const made = await createCertificate(call, deviceId, csrPem);
      try {
        const body = { target: made.certificateArn };
        await call({ action: 'AttachPolicy', method: 'PUT', path: policy, body });
        const path = `${thingPath(deviceId)}/principals`;
        await call({ action: 'AttachThingPrincipal', method: 'PUT', path, principal: made.certificateArn });
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

const thingPath = (deviceId: DeviceId): string => `/things/${encodeURIComponent(deviceId)}`;

/** A thing without a certificate can do nothing, so one that an earlier try left behind is simply used. */
async function createCertificate(call: Call, deviceId: DeviceId, csrPem: string): Promise<Certificate> {
  const thing = call({ action: 'CreateThing', method: 'POST', path: thingPath(deviceId) });
  await unless('ResourceAlreadyExistsException', thing);
  const made = await call({
    action: 'CreateCertificateFromCsr',
    method: 'POST',
    path: '/certificates',
    query: { setAsActive: 'false' },
    body: { certificateSigningRequest: csrPem },
  });
  return Created.parse(JSON.parse(made));
}

async function unless(expected: string, doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    const isExpected = error instanceof AdapterError && isAwsError(error.cause, expected);
    if (!isExpected) throw error;
  }
}

/** What is gone already need not be undone. */
const unlessGone = (undoing: Promise<unknown>): Promise<void> => unless('ResourceNotFoundException', undoing);
