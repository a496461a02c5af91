/** What this room knows: what a rule means. This file: what stored state says of the rules that it was made with. */
import { type ByteReader, byteWriter } from '../../../bytes.ts';
import type { Rule } from '../../book.ts';
import type { BoundSensor, DeviceRules } from '../bind.ts';
import { windowKeys } from './ring-store.ts';

/** A rule by its id, with what says of each severity whether it is still the same one. */
export interface NamedRule {
  readonly ruleId: string;
  readonly severities: readonly { readonly rank: number; readonly shape: number }[];
}

/** Each rule is named once, with the shapes of its severities; then the windows. */
export interface Heading {
  readonly rules: readonly NamedRule[];
  readonly windows: readonly number[];
}

/** The heading of what is written under some rules, and what else the writer needs for every state of theirs. */
export interface OwnHeading extends Heading {
  readonly bytes: Uint8Array;
  readonly indexOf: ReadonlyMap<Rule, number>;
  /** Sensors whose hash another one has, too. */
  readonly ambiguous: ReadonlySet<BoundSensor>;
  /** Sensors under the same rules, in the same order, as the one before them. */
  readonly likeBefore: ReadonlySet<BoundSensor>;
}

/** They are the same for every message of a device, and take longer to put together than its state. */
const headings = new WeakMap<DeviceRules, OwnHeading>();

export function headingOf(rules: DeviceRules): OwnHeading {
  const known = headings.get(rules);
  if (known) return known;
  const made = makeHeading(rules);
  headings.set(rules, made);
  return made;
}

function makeHeading(rules: DeviceRules): OwnHeading {
  const named = rules.rules.map((rule): NamedRule => {
    const bound = rules.conditions.find((condition) => condition.rule === rule);
    const severities = bound?.severities.map(({ rank, shape }) => ({ rank, shape })) ?? [];
    return { ruleId: rule.id, severities };
  });
  const windows = windowKeys(rules);
  const writer = byteWriter();
  writer.uint(named.length);
  for (const { ruleId, severities } of named) {
    writer.text(ruleId);
    writer.uint(severities.length);
    for (const { rank, shape } of severities) writer.uint(shape * 8 + rank);
  }
  writer.uint(windows.length);
  for (const key of windows) writer.uint(key);
  const keys = rules.sensors.map(({ key }) => key);
  return {
    rules: named,
    windows,
    bytes: writer.finish(),
    indexOf: new Map(rules.rules.map((rule, i) => [rule, i])),
    ambiguous: new Set(rules.sensors.filter(({ key }) => keys.indexOf(key) !== keys.lastIndexOf(key))),
    likeBefore: new Set(
      rules.sensors.filter((bound, i) => {
        const before = rules.sensors[i - 1];
        return before !== undefined && isUnderSameRules(bound, before);
      }),
    ),
  };
}

/** Nobody watches them, or the same rules in the same order. */
const isUnderSameRules = ({ conditions }: BoundSensor, before: BoundSensor): boolean =>
  conditions.length === before.conditions.length &&
  conditions.every(({ rule }, i) => rule === before.conditions[i]?.rule);

/**
 * The heading that comes next; `own` itself when it is the same, which is known from the bytes without reading them.
 *
 * @param hasWindows false for bytes from before there were windows
 */
export function readHeading(reader: ByteReader, own: OwnHeading, hasWindows: boolean): Heading {
  if (hasWindows && reader.takes(own.bytes)) return own;
  const rules = Array.from({ length: reader.count() }, (): NamedRule => {
    const ruleId = reader.text();
    const severities = Array.from({ length: reader.count() }, () => {
      const coded = reader.uint();
      return { rank: coded % 8, shape: Math.floor(coded / 8) };
    });
    return { ruleId, severities };
  });
  return { rules, windows: Array.from({ length: hasWindows ? reader.count() : 0 }, () => reader.uint()) };
}
