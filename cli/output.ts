/** Where a command writes, whom it asks, and how it ends. */
import { createInterface } from 'node:readline/promises';

/** What a command may do to the world outside of files; tests give their own. */
export interface Output {
  /** Results, a line each. */
  readonly line: (text: string) => void;
  /** Findings and remarks that are not the result. */
  readonly remark: (text: string) => void;
  /** Writes over the line that it wrote before, '' clears it; absent where nobody watches. */
  readonly overwrite?: ((text: string) => void) | undefined;
  /** 0: all is well. 1: findings. 2: wrong usage. */
  readonly exitWith: (code: 0 | 1 | 2) => void;
  /** Asks the person at the terminal; absent when there is none. */
  readonly ask?: (question: string) => Promise<string>;
}

async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** Standard output, standard error and the exit code of this process. */
export const processOutput: Output = {
  line: (text) => process.stdout.write(`${text}\n`),
  remark: (text) => process.stderr.write(`${text}\n`),
  overwrite: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : undefined,
  exitWith: (code) => {
    process.exitCode = code;
  },
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: askAtTerminal }),
};

/** @example count(1, 'rule') // '1 rule' */
export const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
