import { faultNames } from '../world/faults/kinds.ts';

/** Tells how often each kind of fault happened, at how many places, and which kinds never did. */
export function tellCoverage(injected: ReadonlyMap<string, number>): void {
  const kinds = new Map<string, { count: number; places: number }>();
  for (const [key, count] of injected) {
    const [kind = ''] = key.split('|');
    const known = kinds.get(kind) ?? { count: 0, places: 0 };
    kinds.set(kind, { count: known.count + count, places: known.places + 1 });
  }
  for (const name of faultNames) {
    const { count, places } = kinds.get(name) ?? { count: 0, places: 0 };
    console.log(
      `  ${name.padEnd(18)} ${String(count).padStart(9)} at ${String(places).padStart(4)} places${count === 0 ? '   never happened' : ''}`,
    );
  }
}
