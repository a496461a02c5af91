/** What this room knows: what enterprises register. This file: which version of a thing this is, and whose. */
import * as z from 'zod';
import { Instant } from '../time.ts';

/** Characters of `<issuer>|<subject>`: who did it. */
export const identityMax = 400;

/** On every registered thing. Grows by one with each change; earlier versions are kept. */
export const stampShape = {
  version: z.int().positive(),
  createdAt: Instant,
  createdBy: z.string().min(1).max(identityMax),
  /** From when this version is in force. */
  updatedAt: Instant,
  updatedBy: z.string().min(1).max(identityMax),
};
const Stamp = z.strictObject(stampShape);
export type Stamp = z.infer<typeof Stamp>;

/** Who does something, and when. */
export interface Actor {
  /** `<issuer>|<subject>`. */
  readonly by: string;
  readonly at: Instant;
}

export const firstStamp = ({ by, at }: Actor): Stamp => ({
  version: 1,
  createdAt: at,
  createdBy: by,
  updatedAt: at,
  updatedBy: by,
});

export const nextStamp = (stamp: Stamp, { by, at }: Actor): Stamp => ({
  version: stamp.version + 1,
  createdAt: stamp.createdAt,
  createdBy: stamp.createdBy,
  updatedAt: at,
  updatedBy: by,
});
