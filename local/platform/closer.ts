/** What must be undone at the end of a command, newest first, however it ends. */

export interface Closer {
  /** Registers `undo`; once closing has begun it runs at once. */
  readonly defer: (undo: () => Promise<void> | void) => Promise<void>;
  /** Runs everything deferred, newest first; the same promise for every caller. */
  readonly close: () => Promise<void>;
  readonly isClosing: () => boolean;
}

export function createCloser(report: (error: unknown) => void): Closer {
  const undos: (() => Promise<void> | void)[] = [];
  let closing: Promise<void> | undefined;
  const run = async (undo: () => Promise<void> | void) => {
    try {
      await undo();
    } catch (error) {
      // The rest must be undone all the same.
      report(error);
    }
  };
  const unwind = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await run(undo);
  };
  return {
    defer: async (undo) => {
      if (closing) await run(undo);
      else undos.push(undo);
    },
    close: () => (closing ??= unwind()),
    isClosing: () => closing !== undefined,
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Closes at the first signal; further ones change nothing, for closing has a time limit of its own. */
export function closeOnSignals(closer: Closer, onSignal: () => void): () => void {
  const handle = () => {
    if (!closer.isClosing()) onSignal();
    void closer.close();
  };
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
