import * as z from 'zod';
import type { Receiver } from '../../history.ts';
import type { Told } from './alerts.ts';
import { parsed } from './items.ts';

const Body = z.object({
  id: z.string(),
  subject: z.string(),
  data: z.object({
    alertId: z.string(),
    version: z.number(),
    change: z.string(),
    condition: z.string(),
    severity: z.string(),
    closed: z.boolean(),
    reason: z.string(),
  }),
});
export type Body = z.infer<typeof Body>;

/** What a notification says; undefined when it is none. Equal texts are read once. */
export function bodyReader(): (text: string) => Body | undefined {
  const known = new Map<string, Body | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, Body.safeParse(parsed(text)).data);
    return known.get(text);
  };
}

/** The areas of a transition, its own and those of whoever else must hear of it (semantics 21). */
const areasOf = ({ scope }: Told): readonly string[] => [
  scope.area,
  ...(scope.audience ?? []).map(({ area }) => area),
];

/** Whether the receiver has asked for this one. */
export const isFor = ({ areaPrefix }: Receiver, told: Told): boolean =>
  areaPrefix === undefined || areasOf(told).some((area) => area.startsWith(areaPrefix));
