/** What this room knows: the names of things, each of a kind of its own, and how a name is derived. */
import { hash } from 'node:crypto';
import * as z from 'zod';

const slugPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** ASCII slug: a letter or digit, then letters, digits, `.`, `_`, `-`. At most 64 characters. */
const slug = z.string().regex(slugPattern, {
  error: 'must be 1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit',
});

/** Client id, thing name and topic segment of one device. */
export const DeviceId = slug.brand('DeviceId');
export type DeviceId = z.infer<typeof DeviceId>;

/** The same question without a schema, for what is asked of every message. */
export const isDeviceId = (text: string): text is DeviceId => slugPattern.test(text);

/** What devices reach the platform through: a radio gateway, a substation; unique within its enterprise. */
export const GatewayId = slug.brand('GatewayId');
export type GatewayId = z.infer<typeof GatewayId>;

/** One measuring channel; unique within its device. */
export const SensorId = slug.brand('SensorId');
export type SensorId = z.infer<typeof SensorId>;

export const EnterpriseId = slug.brand('EnterpriseId');
export type EnterpriseId = z.infer<typeof EnterpriseId>;

export const SiteId = slug.brand('SiteId');
export type SiteId = z.infer<typeof SiteId>;

export const SourceId = slug.brand('SourceId');
export type SourceId = z.infer<typeof SourceId>;

export const AlertId = slug.brand('AlertId');
export type AlertId = z.infer<typeof AlertId>;

/** Dotted lower-case name of a rule, as in its file: `coal-mine.methane.coal-face`. At most 96 characters. */
export const RuleId = z
  .string()
  .max(96)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/, { error: 'must be dotted lower-case words' })
  .brand('RuleId');
export type RuleId = z.infer<typeof RuleId>;

/** GB/T 2260 division code and finer: 2, 4 or 6 digits, then up to 12. A prefix is an ancestor. */
export const AreaCode = z
  .string()
  .regex(/^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/, {
    error: 'must be an area code of 2, 4, 6, 9 or 12 digits',
  })
  .brand('AreaCode');
export type AreaCode = z.infer<typeof AreaCode>;

const areaLengths = [2, 4, 6, 9, 12] as const;

/** The area itself and all its ancestors, widest first. @example ancestorsOf('220104') // ['22','2201','220104'] */
export const ancestorsOf = (area: AreaCode): AreaCode[] =>
  areaLengths.filter((length) => length <= area.length).map((length) => area.slice(0, length) as AreaCode);

/** Lower-case hexadecimal SHA-256 of the parts, separated by a newline that no part's own bytes can imitate. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  // In one piece: an object that takes them one by one takes twice as long.
  if (parts.every((part) => typeof part === 'string'))
    return hash('sha256', parts.map((part) => `${Buffer.byteLength(part)}\n${part}`).join(''));
  const bytes = parts.flatMap((part) => {
    const own = Buffer.from(part);
    return [Buffer.from(`${own.length}\n`), own];
  });
  return hash('sha256', Buffer.concat(bytes));
}
