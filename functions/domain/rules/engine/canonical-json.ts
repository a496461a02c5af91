/** What this room knows: what a rule means. This file: one text for one value, so that records compare byte for byte. */

/** JSON without spaces, with the keys of every object sorted; `undefined` fields are left out. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
