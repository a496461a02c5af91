/** What this room knows: what a rule means. This file: which conditions of a rule contradict each other. */
import type { Quantity } from '../telemetry/quantities.ts';
import type { Value } from '../telemetry/reading.ts';
import { type AxesInput, abstracted } from './axes.ts';
import type { RoleSelection, SeverityRule, WindowSpec } from './book.ts';
import { compileCondition } from './evaluate-expression.ts';
import type { Expression } from './expression.ts';
import type { Limits } from './forms.ts';
import type { Frame } from './frame.ts';
import { type Assignment, everyState, possibleStates } from './samples.ts';

/** A state at which conditions were compared. */
export interface Point {
  /** Absent where the conditions do not ask it. */
  readonly value?: Value;
  readonly quality: string;
  /** What else the conditions ask, such as `window.0.avg`. */
  readonly asked?: Readonly<Record<string, Value>>;
}

/** What is wrong between the conditions of a rule. */
export type ZoneConflict =
  | { readonly kind: 'overlap'; readonly severity: SeverityRule; readonly at: Point }
  | { readonly kind: 'never-raises' | 'always-raises' | 'never-clears'; readonly severity: SeverityRule }
  | { readonly kind: 'undecidable'; readonly severity: SeverityRule; readonly field: 'when' | 'clear' }
  | { readonly kind: 'out-of-order'; readonly severity: SeverityRule; readonly lighter: SeverityRule };

export interface ZoneInput {
  /** Lightest first. */
  readonly severities: readonly SeverityRule[];
  /** Those that are set; conditions on others are decided only as far as they hold for any figure. */
  readonly limits: Limits;
  /** Absent: several, all of them numbers. */
  readonly quantity: Quantity | undefined;
  /** Decimal places; default those of the quantity. */
  readonly scale?: number;
  readonly windows?: readonly WindowSpec[] | undefined;
  readonly roles?: Readonly<Record<string, RoleSelection>> | undefined;
}

/** Conditions of which each can be asked in any state. */
interface Study {
  /** Superset of all states that can be; `undefined` when there are too many. */
  readonly every: readonly Assignment[] | undefined;
  readonly possible: readonly Assignment[];
  readonly holds: (condition: number, at: Assignment) => boolean;
  readonly isUndecidable: boolean;
}

/* istanbul ignore next -- conditions over axes ask nothing but inputs */
const nothing = {
  figure: () => undefined,
  figureOf: () => undefined,
  reaches: () => undefined,
  peers: () => [],
};

function frameOf(at: Assignment): Frame {
  const values = [...at.values()];
  const quality = at.get('quality');
  return {
    value: at.get('value'),
    quality: typeof quality === 'string' ? quality : 'good',
    around: { ...nothing, role: (number) => ({ value: values[Number(number)], quality: 'good' }) },
  };
}

/** In the order of the axes, so that `role` finds them by number. */
const inOrder = (at: Assignment, names: readonly string[]): Assignment =>
  new Map(
    names.map((name) => [
      name,
      at.get(name) ?? /* istanbul ignore next -- a state has a value on each axis */ false,
    ]),
  );

const axesInput = ({ limits, quantity, roles, windows }: ZoneInput): AxesInput => ({
  limits,
  quantity,
  roles,
  windowRoles: windows?.map(({ role }) => role) ?? [],
});

function study(conditions: readonly Expression[], input: ZoneInput): Study {
  const { trees, axes, isUndecidable } = abstracted(conditions, axesInput(input));
  const names = [...axes.keys()];
  const scale = input.scale ?? input.quantity?.scale ?? 0;
  const limit = (name: string): number | undefined => input.limits[name.replace(/^limits\./, '')];
  const compiled = trees.map((tree) => compileCondition(tree, limit, scale));
  return {
    every: everyState(axes),
    possible: possibleStates(axes),
    holds: (condition, at) => compiled[condition]?.(frameOf(inOrder(at, names))) === true,
    isUndecidable,
  };
}

const pointOf = (at: Assignment): Point => {
  const { value, quality, ...asked } = Object.fromEntries(at);
  return {
    ...(value !== undefined && { value }),
    quality: typeof quality === 'string' ? quality : 'good',
    ...(Object.keys(asked).length > 0 && { asked }),
  };
};

function undecidable(severity: SeverityRule, input: ZoneInput): ZoneConflict[] {
  const fields = ['when', 'clear'] as const;
  return fields.flatMap((field) => {
    const condition = severity[field];
    const { isUndecidable } = condition
      ? abstracted([condition], axesInput(input))
      : { isUndecidable: false };
    return isUndecidable ? [{ kind: 'undecidable', severity, field }] : [];
  });
}

/** What is wrong with one severity by itself. */
function ownConflicts(severity: SeverityRule, input: ZoneInput): ZoneConflict[] {
  const { when, clear } = severity;
  const { every, possible, holds } = study(clear ? [when, clear] : [when], input);
  const raises = (at: Assignment): boolean => holds(0, at);
  const clears = (at: Assignment): boolean => (clear ? holds(1, at) : !raises(at));
  const conflicts: ZoneConflict[] = [];
  const at = possible.find((state) => raises(state) && clears(state));
  if (at) conflicts.push({ kind: 'overlap', severity, at: pointOf(at) });
  if (!every) return conflicts;
  if (!every.some(raises)) conflicts.push({ kind: 'never-raises', severity });
  else if (every.every(raises)) conflicts.push({ kind: 'always-raises', severity });
  else if (!every.some(clears)) conflicts.push({ kind: 'never-clears', severity });
  return conflicts;
}

/** True when `graver` holds wherever `lighter` does, so that the lighter one is never seen. */
function isOvertaken(lighter: SeverityRule, graver: SeverityRule, input: ZoneInput): boolean {
  if (graver.forMs > lighter.forMs || graver.times || graver.schedule) return false;
  const { every, holds } = study([lighter.when, graver.when], input);
  if (!every?.some((at) => holds(0, at))) return false;
  return every.every((at) => !holds(0, at) || holds(1, at));
}

/**
 * What is contradictory in a rule under these limits: zones that raise and clear at once, a severity that can never
 * raise or never clear, a lighter severity that a graver one always overtakes. Empty when all is well.
 *
 * Exact for conditions that are linear in `value`, up to the rounding of what is computed (semantics 4); other arithmetic
 * over `value` alone is `undecidable`. What else a condition asks (a window, another sensor) is an axis of its own: what
 * is told then surely is wrong, but not everything that is wrong is told. For files when they are loaded and for
 * overrides when they are written (semantics 2).
 */
export function zoneConflicts(input: ZoneInput): readonly ZoneConflict[] {
  const undecided = input.severities.flatMap((severity) => undecidable(severity, input));
  if (undecided.length > 0) return undecided;
  const conflicts = input.severities.flatMap((severity) => ownConflicts(severity, input));
  input.severities.forEach((lighter, i) => {
    for (const graver of input.severities.slice(i + 1))
      if (isOvertaken(lighter, graver, input))
        conflicts.push({ kind: 'out-of-order', severity: graver, lighter });
  });
  return conflicts;
}
