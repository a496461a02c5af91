/** Scalars of the plain part of YAML (`plain-yaml.ts`): what they say, or `undefined` for what only the full parser may say. */

/** A scalar that was understood. */
export interface PlainScalar {
  readonly value: string | number | boolean;
}

const number = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/;
/** Whatever might be a number, or a word that is no text, in some way of writing it. */
const special = /^(?:~|null|true|false|[-+]?(?:0[xo][\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))$/i;
/** First characters that mean nothing to YAML; a minus only before a digit. */
const ordinaryStart = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`=<+.~]|-\d)/;
/** What ends a text or begins something else inside of it. */
const structure = /: |:$| #/;
/** So many opening brackets inside of texts are left to the full reader, which counts them as nesting. */
const bracketsMax = 8;

/** Brackets that the bound of the nesting (`nesting.ts`) might count differently from what they are: text. */
function hasOddBrackets(text: string): boolean {
  if (!/[[\]{}]/.test(text)) return false;
  const opening = text.match(/[[{]/g)?.length ?? 0;
  return opening > bracketsMax || opening !== (text.match(/[\]}]/g)?.length ?? 0);
}

/** A scalar without quotes. @example plainScalar('40s') // { value: '40s' } */
export function plainScalar(text: string): PlainScalar | undefined {
  if (number.test(text)) return { value: Number(text) };
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  if (!ordinaryStart.test(text) || structure.test(text) || special.test(text)) return undefined;
  return hasOddBrackets(text) ? undefined : { value: text };
}

/** What stands between quotes. Escapes are left to the full parser. */
export const quotedScalar = (inside: string): PlainScalar | undefined =>
  inside.includes('\\') || hasOddBrackets(inside) ? undefined : { value: inside };
