/** Runs works of one key one after the other, in the order of the calls; a failure keeps no later one from running. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** What is done in this process does not race itself; other processes are met by versions. */
export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
