/** Which branches of the pure core no test takes, out of the coverage that Jest wrote. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const Place = z.object({ line: z.int().optional(), column: z.number().nullish() });
const Range = z.object({ start: Place });

/** The part of Istanbul's report that is read: where each branch lies, and how often each of its ways was taken. */
const CoverageReport = z.record(
  z.string(),
  z.object({
    path: z.string(),
    branchMap: z.record(z.string(), z.object({ type: z.string(), loc: Range, locations: z.array(Range) })),
    b: z.record(z.string(), z.array(z.int().nonnegative())),
    fnMap: z.record(z.string(), z.object({ name: z.string(), loc: Range })),
    f: z.record(z.string(), z.int().nonnegative()),
  }),
);

export interface Branches {
  readonly files: number;
  readonly total: number;
  /** Such as `functions/domain/x.ts:7:12 if, way 2 of 2`. */
  readonly notTaken: readonly string[];
  /** Ways of {@link isTypedHole} and {@link isProvenEmpty} that no test takes. */
  readonly holes: number;
  /** Exclusions of which a way is not taken indeed, each as often as it is used. */
  readonly excluded: readonly string[];
}

/**
 * `list[i] ?? 0`, `list[i]?.rank ?? never` and the like: the one exclusion that stands for many.
 *
 * The compiler cannot know that a loop keeps an index inside its list, and no test can make it leave it. A fallback
 * that means something (an object, `undefined`, a limit, a call) is none of these and wants a test.
 */
export function isTypedHole(line: string, column: number): boolean {
  const isIndex = /(?:\[[^\][]+\]|\.at\(-1\))(?:\??\.(?:\w+|\[\w+\]))*\s*\?\?\s*$/.test(
    line.slice(0, column),
  );
  return isIndex && constant.test(line.slice(column));
}

const constant =
  /^(?:-?[01]|'[^']*'|\[\]|never|Number\.(?:POSITIVE|NEGATIVE)_INFINITY)\s*(?:[);,\]:|&<>=?*%+}-]|$)/;

/** The same where a list is taken apart: `const [head = ''] = text.split('.')`. */
export const isTypedDefault = (line: string, column: number): boolean =>
  /\[[^\][]*\w = $/.test(line.slice(0, column)) && constant.test(line.slice(column));

/** A `default:` of which the compiler proves that no value leads there: `return state satisfies never`. */
export const isProvenEmpty = (line: string, next: string): boolean =>
  /^\s*default:\s*$/.test(line) && /^\s*return [\w.]+ satisfies never;$/.test(next);

/** What was taken and what was not; a function that no test calls counts as a branch. */
export function branchesOf(
  report: unknown,
  root: string,
  linesOf: (file: string) => readonly string[],
  exclusionOf: (file: string, line: string) => string | undefined = () => undefined,
): Branches {
  const files = Object.values(CoverageReport.parse(report));
  const notTaken: string[] = [];
  const excluded: string[] = [];
  let holes = 0;
  let total = 0;
  for (const file of files) {
    const name = path.relative(root, file.path).split(path.sep).join('/');
    const tell = ({ start }: z.infer<typeof Range>, what: string): void => {
      notTaken.push(`${name}:${start.line ?? 0}:${(start.column ?? 0) + 1} ${what}`);
    };
    for (const [id, { type, loc, locations }] of Object.entries(file.branchMap)) {
      const counts = file.b[id] ?? [];
      total += counts.length;
      counts.forEach((count, way) => {
        // An `else` that is not written has no place of its own.
        const place = locations[way]?.start.line === undefined ? loc : (locations[way] ?? loc);
        if (count > 0) return;
        const { line = 0, column } = place.start;
        const [text = '', next = ''] = linesOf(file.path).slice(line - 1, line + 1);
        const isTyped = type === 'default-arg' ? isTypedDefault : isTypedHole;
        const isFallback = way > 0 || type === 'default-arg';
        const isHole = (isFallback && isTyped(text, column ?? 0)) || isProvenEmpty(text, next);
        const exclusion = isHole ? undefined : exclusionOf(name, text);
        if (isHole) holes++;
        else if (exclusion !== undefined) excluded.push(exclusion);
        else tell(place, `${type}, way ${way + 1} of ${counts.length}`);
      });
    }
    for (const [id, { name: of, loc }] of Object.entries(file.fnMap)) {
      total++;
      if (file.f[id] === 0) tell(loc, `function ${of}`);
    }
  }
  return { files: files.length, total, notTaken: notTaken.toSorted(), holes, excluded };
}

/** Shortest reason beside an exclusion. Characters. */
const reasonMin = 15;
const exclusion = /(?:istanbul|v8|c8) ignore[^*\n]*/g;

/** Exclusions in `text` that say no reason: `istanbul ignore next -- reason` says one. */
export function withoutReason(text: string): readonly string[] {
  const found = text.match(exclusion) ?? [];
  return found.filter((hint) => (hint.split(' -- ')[1] ?? '').trim().length < reasonMin);
}

/** The same of every file below `folder`, each with its file. */
export function exclusionsWithoutReason(root: string, folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      withoutReason(readFileSync(path.join(root, folder, file), 'utf8')).map(
        (hint) => `${folder}/${file}: ${hint}`,
      ),
    );
}
