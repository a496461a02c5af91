/** What this room knows: what devices say. This file: the search for a field that is named twice. */

/** Most levels of nesting in a message that has to be searched. */
export const depthMax = 32;

const quote = 0x22;
const backslash = 0x5c;

/**
 * For each item of the top array with a key named twice at any level below it: its index and the first such key.
 *
 * Relies on `text` being valid JSON; one pass, no recursion.
 */
export function doubledKeys(text: string): ReadonlyMap<number, string> | 'too-deep' {
  const doubled = new Map<number, string>();
  const keysOfLevels: (Set<string> | undefined)[] = [];
  let item = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        if (keysOfLevels.length === depthMax) return 'too-deep';
        keysOfLevels.push(text[at] === '{' ? new Set() : undefined);
        break;
      case '}':
      case ']':
        keysOfLevels.pop();
        break;
      case ',':
        if (keysOfLevels.length === 1) item++;
        break;
      case '"': {
        const end = endOfString(text, at);
        const keys = keysOfLevels.at(-1);
        if (keys !== undefined && isKey(text, end)) {
          const key = unescaped(text.slice(at, end));
          if (keys.has(key) && !doubled.has(item)) doubled.set(item, key);
          keys.add(key);
        }
        at = end - 1;
        break;
      }
      default:
    }
  }
  return doubled;
}

/** Index just behind the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at + 1;
}

function isKey(text: string, behind: number): boolean {
  let at = behind;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text[at] === ':';
}

/** `"\u0076"` and `"v"` are the same key. */
function unescaped(literal: string): string {
  const value: unknown = JSON.parse(literal);
  return String(value);
}
