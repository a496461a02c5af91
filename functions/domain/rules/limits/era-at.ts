/** What this room knows: which limit holds where and when. This file: the stretch of a history that holds an instant. */

/** The last that begins at or before `t`, else the first; without a time the newest. `eras`: oldest first, never empty. */
export function eraAt<T extends { readonly from: number }>(eras: readonly T[], t: number | undefined): T {
  for (let i = eras.length - 1; i > 0; i--) {
    const era = eras[i];
    if (era && (t === undefined || era.from <= t)) return era;
  }
  const [first] = eras;
  if (first === undefined) throw new RangeError('a history without a beginning');
  return first;
}
