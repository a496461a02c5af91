/** What this room knows: instants and durations, as plain milliseconds that cannot be mixed up. */
import * as z from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const Instant = z.int().nonnegative().brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** A length of time in milliseconds. 0…; never negative. */
export const DurationMs = z.int().nonnegative().brand('DurationMs');
export type DurationMs = z.infer<typeof DurationMs>;

/** The instant of `ms` milliseconds since the epoch; for numbers that this code computed, not for input. */
export const instant = (ms: number): Instant => ms as Instant;

/** The duration of `ms` milliseconds; for numbers that this code computed, not for input. */
export const duration = (ms: number): DurationMs => ms as DurationMs;

/** The duration of `count` seconds. @example seconds(30) // 30_000 ms */
export const seconds = (count: number): DurationMs => duration(Math.round(count * 1000));

/** The duration of `count` minutes. */
export const minutes = (count: number): DurationMs => seconds(count * 60);

/** The duration of `count` hours. */
export const hours = (count: number): DurationMs => minutes(count * 60);

/** The duration of `count` days of 24 h. */
export const days = (count: number): DurationMs => minutes(count * 24 * 60);

/** RFC 3339 in UTC. @example rfc3339(instant(0)) // '1970-01-01T00:00:00.000Z' */
export const rfc3339 = (at: Instant): string => new Date(at).toISOString();

/** An instant as people write it. */
export const Rfc3339 = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant such as 2026-01-02T03:04:05Z' })
  .transform((text, context) => {
    const parsed = Instant.safeParse(Date.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must lie after 1970' });
    return z.NEVER;
  });
