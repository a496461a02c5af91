/** How many from the first on are so, in a list in which those that are so come first. */
export function countUpTo<One>(list: readonly One[], isSo: (one: One) => boolean): number {
  let least = 0;
  let most = list.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    const one = list[middle];
    if (one !== undefined && isSo(one)) least = middle + 1;
    else most = middle;
  }
  return least;
}
