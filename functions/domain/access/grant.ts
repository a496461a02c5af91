/** What this room knows: who may do what where. This file: the grant, which gives a token's subject a role. */
import * as z from 'zod';
import { AreaCode, EnterpriseId, sha256 } from '../ids.ts';
import { Trade } from '../severity.ts';
import { Instant, Rfc3339 } from '../time.ts';

/** Most areas of one grant. */
export const grantAreaMax = 20;
/** Most grants of one subject. */
export const grantCountMax = 50;
/** Characters of a reason. */
export const reasonMax = 500;
/** Characters of an issuer and of a subject; their pair must fit an identity. */
export const issuerMax = 255;
export const subjectMax = 128;

export const roles = ['enterprise', 'regulator', 'engineer', 'auditor'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Printable ASCII without space and `|`: no subject can look like another, or like two. */
const printable = /^[\x21-\x7b\x7d\x7e]+$/;

/** `iss` of a token. */
export const Issuer = z
  .url({ protocol: /^https?$/ })
  .max(issuerMax)
  .regex(printable)
  .brand('Issuer');
export type Issuer = z.infer<typeof Issuer>;

/** `sub` of a token; of a machine its client id. */
export const Subject = z
  .string()
  .max(subjectMax)
  .regex(printable, { error: 'must be printable ASCII without spaces and |' })
  .brand('Subject');
export type Subject = z.infer<typeof Subject>;

/** Holder and number: 32 and 16 hexadecimal digits. */
export const GrantId = z.string().regex(/^[0-9a-f]{32}-[0-9a-f]{16}$/);

const reason = z.string().min(1).max(reasonMax);
const whom = { issuer: Issuer, subject: Subject };
const when = {
  /** First instant at which it holds. */
  from: Instant,
  /** First instant at which it no longer holds; absent: until it is revoked. */
  until: Instant.optional(),
};
const audit = {
  grantId: GrantId,
  createdAt: Instant,
  createdBy: z.string().min(1),
  revokedAt: Instant.optional(),
  revokedBy: z.string().optional(),
  revokedReason: reason.optional(),
  version: z.int().positive(),
};

/** What each role is given: its enterprise, its areas and trades, or everything. */
const given = {
  enterprise: { role: z.literal('enterprise'), enterpriseId: EnterpriseId },
  regulator: {
    role: z.literal('regulator'),
    /** Area prefixes: an area covers what lies in it. */
    areas: z.array(AreaCode).min(1).max(grantAreaMax),
    trades: z.array(Trade).min(1).default(Trade.options),
  },
  engineer: { role: z.literal('engineer') },
  auditor: { role: z.literal('auditor') },
} as const;

export const Grant = z.discriminatedUnion('role', [
  z.strictObject({ ...whom, ...given.enterprise, ...when, ...audit }),
  z.strictObject({ ...whom, ...given.regulator, ...when, ...audit }),
  z.strictObject({ ...whom, ...given.engineer, ...when, ...audit }),
  z.strictObject({ ...whom, ...given.auditor, ...when, ...audit }),
]);
export type Grant = z.infer<typeof Grant>;

const asked = { from: Rfc3339.optional(), until: Rfc3339.optional() };

/** What is asked for; `from` defaults to now. */
export const NewGrant = z.discriminatedUnion('role', [
  z.strictObject({ ...whom, ...given.enterprise, ...asked }),
  z.strictObject({ ...whom, ...given.regulator, ...asked }),
  z.strictObject({ ...whom, ...given.engineer, ...asked }),
  z.strictObject({ ...whom, ...given.auditor, ...asked }),
]);
export type NewGrant = z.infer<typeof NewGrant>;

/** Who a token speaks for. */
export interface Principal {
  readonly issuer: Issuer;
  readonly subject: Subject;
}

/** `<issuer>|<subject>`: how records name who did something. */
export const identityOf = ({ issuer, subject }: Principal): string => `${issuer}|${subject}`;

/** The partition of a subject's grants: 32 hexadecimal digits. The issuer counts, so equal subjects never meet. */
export const grantHolder = ({ issuer, subject }: Principal): string => sha256(issuer, subject).slice(0, 32);

/** The id names its holder, so that one read finds it. `nonce` makes it unique for the holder. */
export const grantIdOf = (principal: Principal, nonce: string): string =>
  `${grantHolder(principal)}-${sha256(nonce).slice(0, 16)}`;

/** True while it is in force. Revoking ends it at once. */
export const isInForce = (grant: Grant, now: Instant): boolean =>
  grant.from <= now &&
  (grant.until === undefined || now < grant.until) &&
  (grant.revokedAt === undefined || now < grant.revokedAt);

export type Granted =
  | { readonly ok: true; readonly grant: Grant }
  | {
      readonly ok: false;
      readonly problem: 'never-in-force';
      readonly field: string;
      readonly remedy: string;
    };

/** The grant that was asked for, in force from `from` or from now. */
export function newGrant(
  declared: NewGrant,
  audited: { readonly nonce: string; readonly by: string; readonly at: Instant },
): Granted {
  const from = declared.from ?? audited.at;
  if (declared.until !== undefined && declared.until <= from)
    return { ok: false, problem: 'never-in-force', field: 'until', remedy: 'must lie after from' };
  const grantId = grantIdOf(declared, audited.nonce);
  const stamp = { grantId, createdAt: audited.at, createdBy: audited.by, version: 1 };
  const { until, ...rest } = declared;
  return {
    ok: true,
    grant: Grant.parse({ ...rest, from, ...(until === undefined ? {} : { until }), ...stamp }),
  };
}

/** The grant that holds no longer; the same object when it was revoked before. */
export function revokedGrant(
  grant: Grant,
  audited: { readonly by: string; readonly at: Instant; readonly reason: string },
): Grant {
  if (grant.revokedAt !== undefined) return grant;
  const { by, at, reason: revokedReason } = audited;
  return { ...grant, revokedAt: at, revokedBy: by, revokedReason, version: grant.version + 1 };
}
