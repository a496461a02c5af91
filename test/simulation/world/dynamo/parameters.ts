import { unknownHere } from './errors.ts';

/**
 * Refuses parameters that the simulation would pass over in silence.
 *
 * `undefined` is no parameter: the SDK leaves it out.
 */
export function checkParameters(what: string, input: object, known: ReadonlySet<string>): void {
  for (const name in input)
    if (!known.has(name) && Reflect.get(input, name) !== undefined) throw unknownHere(`${name} of ${what}`);
}
