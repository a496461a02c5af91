/** A quantity that people switch: constant between instants. The first step reaches back for ever. */
export type Steps = readonly Step[];

export interface Step {
  /** Physics time in seconds since 1970; −Infinity for the first. */
  readonly from: number;
  readonly value: number;
}

export const always = (value: number): Steps => [{ from: Number.NEGATIVE_INFINITY, value }];

/** `steps` with `value` between two instants and what was there before and after. */
export function during(steps: Steps, from: number, until: number, value: number): Steps {
  const before = steps.filter((step) => step.from < from);
  const after = steps.filter((step) => step.from > until);
  const back = until === Number.POSITIVE_INFINITY ? [] : [{ from: until, value: stepAt(steps, until) }];
  return [...before, { from, value }, ...back, ...after];
}

/** The value in force at an instant. */
export function stepAt(steps: Steps, at: number): number {
  let value = steps[0]?.value ?? 0;
  for (const step of steps) {
    if (step.from > at) break;
    value = step.value;
  }
  return value;
}

/**
 * What follows a switched target with a first-order lag, in closed form.
 *
 * A well-mixed volume V with inflow of gas and of air behaves so: `target` is the balance between
 * them, `tau` the time in which the air is changed once. Before the first switch it is in balance.
 */
export function relaxed(
  steps: Steps,
  at: number,
  balance: (value: number) => { readonly target: number; readonly tau: number },
): number {
  const [first, ...switches] = steps;
  if (first === undefined) return 0;
  let { target, tau } = balance(first.value);
  let level = target;
  let since = first.from;
  for (const step of switches) {
    if (step.from > at) break;
    level = since === Number.NEGATIVE_INFINITY ? target : decay(level, target, step.from - since, tau);
    ({ target, tau } = balance(step.value));
    since = step.from;
  }
  return since === Number.NEGATIVE_INFINITY ? target : decay(level, target, at - since, tau);
}

const decay = (level: number, target: number, elapsed: number, tau: number): number =>
  target + (level - target) * Math.exp(-elapsed / tau);

/** The integral of a switched rate from its first switch to `at`, kept within bounds at every switch. */
export function accumulated(
  steps: Steps,
  at: number,
  bounds: { readonly start: number; readonly min: number; readonly max: number },
): number {
  let level = bounds.start;
  for (const [index, step] of steps.entries()) {
    if (step.from === Number.NEGATIVE_INFINITY) continue;
    if (step.from > at) break;
    const until = Math.min(steps[index + 1]?.from ?? at, at);
    level = Math.min(bounds.max, Math.max(bounds.min, level + step.value * (until - step.from)));
  }
  return level;
}
