/** What is fuzzed: one place that parses, with what must be true of whatever it is given. */

/** Longest that one input may take. Milliseconds of processor time. */
export const inputMsMax = 50;

export interface FuzzTarget {
  /** Longest input that is tried. Bytes. */
  readonly bytesMax: number;
  /** Inputs of the run that belongs to `npm test`; about half a second. */
  readonly shortInputs: number;
  /** Pieces of the language beside the texts that the code itself holds. */
  readonly words: readonly string[];
  /**
   * Hands `input` to the product and checks what comes back.
   *
   * @throws whatever is wrong: an error of the product that nobody documented, or an assertion of the target
   */
  readonly run: (input: Buffer) => void | Promise<void>;
}
