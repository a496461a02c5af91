/** A condition as cel-js is told it: integer literals as doubles, and variables in place of our own functions. */
import type { Type } from './finding.ts';

const celTypes = { number: 'double', boolean: 'bool', string: 'string' } as const satisfies Record<
  Type,
  string
>;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What `sensors(...)` is told to hold. */
export const peerTypes = { number: 'PeerNumber', boolean: 'PeerSwitch', string: 'PeerWord' } as const;

/** What cel-js calls a type of ours. */
export const celTypeOf = (type: Type): string => celTypes[type];

/** Pieces of a text to be replaced, and the variables that stand in for them. Edits never overlap. */
export interface Rewrite {
  /** cel-js takes `1` for an int, and refuses to compare it with a double. */
  readonly widen: (end: number) => void;
  readonly replace: (start: number, end: number, text: string) => void;
  /** Stands `name` of `celType` in for a range of characters. */
  readonly variable: (
    range: { readonly start: number; readonly end: number },
    name: string,
    celType: string,
  ) => void;
  readonly declare: (name: string, celType: string) => void;
  readonly variables: ReadonlyMap<string, string>;
  /** @example a rewrite that widened: 'value == 1' becomes 'value == 1.0' */
  readonly applied: (text: string) => string;
}

/** A rewrite that changes nothing yet. */
export function emptyRewrite(): Rewrite {
  const edits: Edit[] = [];
  const variables = new Map<string, string>();
  const replace: Rewrite['replace'] = (start, end, text) => {
    edits.push({ start, end, text });
  };
  const declare: Rewrite['declare'] = (name, celType) => {
    variables.set(name, celType);
  };
  return {
    widen: (end) => replace(end, end, '.0'),
    replace,
    variable: ({ start, end }, name, celType) => {
      declare(name, celType);
      replace(start, end, name);
    },
    declare,
    variables,
    applied: (text) =>
      edits
        .toSorted((a, b) => b.start - a.start || b.end - a.end)
        .reduce((out, { start, end, text: put }) => out.slice(0, start) + put + out.slice(end), text),
  };
}
