/** How far a long run has come: told now and then, with its speed and the time that is left. */

export interface ProgressParts {
  now(): number;
  /** Writes over the line that it wrote before; absent where there is no terminal. */
  readonly overwrite: ((text: string) => void) | undefined;
  line(text: string): void;
}

export interface Progress {
  /** @param done part of the work that is done, 0 to 1 */
  at(done: number, readings: number): void;
  /** Clears the line of a terminal. @returns readings a second */
  end(readings: number): number;
}

/** Without a terminal nothing is said of a run that is over so soon. Milliseconds. */
export const silentForMs = 2_000;
/** From one line to the next without a terminal, and on one. */
export const lineEveryMs = 5_000;
export const overwriteEveryMs = 200;

const time = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
};

const grouped = (many: number): string => Math.round(many).toLocaleString('en-US');

/** @example progressText(0.5, 1000, 2000) // '50 %  1,000 readings, 500/s, 2 s left' */
export function progressText(done: number, readings: number, passedMs: number): string {
  const rate = passedMs > 0 ? readings / (passedMs / 1000) : 0;
  const left = done > 0.001 ? `, ${time((passedMs * (1 - done)) / done)} left` : '';
  return `${Math.floor(done * 100)} %  ${grouped(readings)} readings, ${grouped(rate)}/s${left}`;
}

export function createProgress({ now, overwrite, line }: ProgressParts): Progress {
  const startedAt = now();
  const every = overwrite === undefined ? lineEveryMs : overwriteEveryMs;
  let nextAt = startedAt + (overwrite === undefined ? silentForMs : overwriteEveryMs);
  let isShown = false;
  return {
    at(done, readings) {
      const at = now();
      if (at < nextAt) return;
      nextAt = at + every;
      const text = progressText(Math.min(1, done), readings, at - startedAt);
      if (overwrite === undefined) line(text);
      else {
        overwrite(text);
        isShown = true;
      }
    },
    end(readings) {
      if (isShown) overwrite?.('');
      const passedMs = Math.max(1, now() - startedAt);
      return readings / (passedMs / 1000);
    },
  };
}
