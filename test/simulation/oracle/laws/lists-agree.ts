import { type AlertDoc, rank } from '../facts/alerts.ts';
import { textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/** Lengths of area codes: province, city, district, street, community (GB/T 2260, GB/T 10114). */
const areaLengths = [2, 4, 6, 9, 12];

const listPrefix = 'LIST#';
const listSuffix = '#alerts';

/** The lists in which an alert must stand (design 2.3): one for each area above it, one for its enterprise. */
function listsOf({ scope: { area, enterpriseId } }: AlertDoc): readonly string[] {
  const areas =
    area === '-' ? ['-'] : areaLengths.filter((one) => one <= area.length).map((one) => area.slice(0, one));
  const own = enterpriseId === '-' ? [] : [`LIST#E#${enterpriseId}${listSuffix}`];
  return [...areas.map((one) => `LIST#A#${one}${listSuffix}`), ...own];
}

/** Open before closed, then gravest, then newest. */
function placeOf({ closed, gravest, severity, raisedAt, alertId }: AlertDoc): string {
  const newest = String(8.64e15 - raisedAt).padStart(16, '0');
  return `${closed ? '1closed' : '0open'}#${9 - rank(closed ? gravest : severity)}#${newest}#${alertId}`;
}

/** Every alert stands in its lists once, in its place, as it is; and nothing else does (design 2.3). */
export const listsAgree: Law = {
  name: 'lists-agree',
  check: ({ history, alerts }) => {
    const expected = new Map<string, AlertDoc>();
    for (const { doc } of alerts.values())
      if (doc !== undefined) for (const list of listsOf(doc)) expected.set(`${list}/${placeOf(doc)}`, doc);
    const findings: { what: string }[] = [];
    for (const item of history.tables.records) {
      const pk = textOf(item, 'pk') ?? '';
      if (!pk.startsWith(listPrefix) || !pk.endsWith(listSuffix)) continue;
      const key = `${pk}/${textOf(item, 'sk')}`;
      const doc = expected.get(key);
      expected.delete(key);
      if (doc === undefined) findings.push({ what: `${key} stands in a list and should not` });
      else
        for (const name of ['severity', 'condition', 'handling'] as const)
          if (textOf(item, name) !== doc[name])
            findings.push({ what: `${key} says ${name} ${textOf(item, name)}, the alert ${doc[name]}` });
    }
    for (const key of expected.keys()) findings.push({ what: `${key} is missing` });
    return findings;
  },
};
