import type { Law } from '../law.ts';

/** What the log calls sent was published, and not after the log said so (design 6). */
export const sentIsPublished: Law = {
  name: 'sent-is-published',
  check: ({ history, byId, bodyOf }) => {
    const first = new Map<string, number>();
    for (const { at, body } of history.published) {
      const id = bodyOf(body)?.id;
      if (id !== undefined) first.set(id, Math.min(first.get(id) ?? at, at));
    }
    return [...byId.values()].flatMap(({ id, decision, decidedAt }) => {
      if (decision?.outcome !== 'sent' || decidedAt === undefined) return [];
      const publishedAt = first.get(id);
      if (publishedAt === undefined)
        return [{ what: `${id} is logged as sent and was not published`, at: decidedAt }];
      if (publishedAt <= decidedAt) return [];
      const what = `${id} was logged as sent ${publishedAt - decidedAt} ms before it was published`;
      return [{ what, at: decidedAt }];
    });
  },
};
