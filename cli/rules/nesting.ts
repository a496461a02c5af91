/** How deep a YAML text nests, seen before it is parsed: the parser takes minutes for brackets nested by the thousand. */

/** Deepest nesting of a rule file or a proof. Levels. */
export const nestingMax = 32;

/** Levels that one line opens by itself with `- - -` or `? ? ?`. */
const compactLevels = (line: string): number =>
  /^\s*((?:[-?] +)*)/.exec(line)?.[1]?.match(/[-?]/g)?.length ?? 0;

/**
 * An upper bound of the nesting: open brackets, compact markers and indentation, whichever is deepest.
 *
 * It counts brackets inside of text too: texts with more than 32 of them unclosed are refused with the rest.
 */
export function nestingOf(text: string): number {
  let open = 0;
  let deepest = 0;
  const indents: number[] = [];
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    while ((indents.at(-1) ?? -1) >= indent) indents.pop();
    indents.push(indent);
    for (const char of line) {
      if (char === '[' || char === '{') open++;
      else if ((char === ']' || char === '}') && open > 0) open--;
      if (open + indents.length > deepest) deepest = open + indents.length;
    }
    deepest = Math.max(deepest, indents.length + compactLevels(line));
  }
  return deepest;
}
