/** What this room knows: what a rule means. This file: where a figure comes from. */

/** Where a figure comes from; `verified` once somebody has read it in the official text. */
export interface Provenance {
  readonly standard: string;
  readonly clause: string;
  readonly verified: boolean;
}
