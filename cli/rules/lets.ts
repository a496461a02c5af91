/** `let` of a rule: names for expressions, put in wherever the name stands. */
import { compileExpression, type Surroundings } from './cel/compile.ts';
import type { Finding } from './cel/finding.ts';
import { functionNames } from './cel/names.ts';
import { type Typed, untyped } from './cel/scope.ts';
import type { FieldPath } from './yaml-document.ts';

interface Told {
  readonly report: (path: FieldPath, findings: readonly Finding[]) => void;
  /** Gets the names that the expressions use. */
  readonly used: Set<string>;
}

const isName = (text: string, at: number, name: string): boolean =>
  text.slice(at, at + name.length) === name &&
  !/[\w.]/.test(text[at - 1] ?? ' ') &&
  !/\w/.test(text[at + name.length] ?? ' ');

/** Names of `names` that stand in `text` outside of quotes; perhaps one too many, never one too few. */
function namesIn(text: string, names: readonly string[]): readonly string[] {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, '""');
  return names.filter((name) => {
    for (let at = bare.indexOf(name); at >= 0; at = bare.indexOf(name, at + 1))
      if (isName(bare, at, name)) return true;
    return false;
  });
}

/** Words that CEL keeps for itself, and its names of types. */
const celWords: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var ' +
    'void while bool bytes double duration dyn google int list map optional string timestamp type uint'
  ).split(' '),
);

/** A name that stands for something else already. */
const isTaken = (name: string, { inputs }: Surroundings): boolean =>
  celWords.has(name) ||
  functionNames.includes(name) ||
  [...inputs.keys()].some((input) => input.split('.')[0] === name);

/**
 * What each name of `lets` stands for. A name may use others, not itself; one that is wrong is reported where it stands
 * and taken for anything, so that nothing more is said of the conditions that use it.
 */
export function compileLets(
  lets: Readonly<Record<string, unknown>>,
  around: Surroundings,
  { report, used }: Told,
): ReadonlyMap<string, Typed> {
  const texts = new Map(
    Object.entries(lets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const names = [...texts.keys()];
  const done = new Map<string, Typed>();

  /** Why `name` cannot stand for anything. */
  function refusal(name: string, above: readonly string[]): Omit<Finding, 'start' | 'end'> | undefined {
    if (isTaken(name, around))
      return { message: `\`${name}\` already means something`, remedy: 'take another name' };
    if (!above.includes(name)) return undefined;
    const circle = [...above.slice(above.indexOf(name)), name].join(' > ');
    return { message: `stands for itself: ${circle}`, remedy: 'break the circle' };
  }

  function compile(name: string, text: string, above: readonly string[]): void {
    if (done.has(name)) return;
    const refused = refusal(name, above);
    if (refused) {
      report(['let', name], [{ start: 0, end: 0, ...refused }]);
      done.set(name, untyped);
      return;
    }
    for (const other of namesIn(text, names)) compile(other, texts.get(other) ?? '', [...above, name]);
    if (done.has(name)) return;
    const compiled = compileExpression(text, { ...around, lets: done });
    if (!compiled.ok) report(['let', name], compiled.findings);
    else for (const other of compiled.used) used.add(other);
    done.set(name, compiled.ok ? compiled.typed : untyped);
  }

  for (const [name, text] of texts) compile(name, text, []);
  return done;
}
