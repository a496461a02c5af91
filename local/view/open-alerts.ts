/** How many alerts are open, by severity, as the API tells the regulator. */
import * as z from 'zod';
import { Severity } from '../../functions/domain/severity.ts';
import type { ApiClient } from '../seed/api-client.ts';

const Page = z.looseObject({
  items: z.array(z.looseObject({ severity: Severity, closed: z.boolean(), condition: z.string() })),
  next: z.string().optional(),
});

/** Most pages that one look reads: a count beyond is no news for a small city. */
const pagesMax = 5;

export type OpenAlerts = Partial<Record<Severity, number>>;

/** The open alerts of the regulator's area; undefined when the API does not answer as expected. */
export async function countOpenAlerts(client: ApiClient): Promise<OpenAlerts | undefined> {
  const open: OpenAlerts = {};
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = await client.get(`/v1/alerts?closed=false&limit=100${query}`);
    const read = Page.safeParse(answer.body);
    if (answer.status !== 200 || !read.success) return undefined;
    for (const { severity, closed } of read.data.items)
      if (!closed) open[severity] = (open[severity] ?? 0) + 1;
    cursor = read.data.next;
    if (cursor === undefined) break;
  }
  return open;
}
