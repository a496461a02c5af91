/** What this room knows: what a rule means. This file: the state of a device's rules as bytes, found again by names. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import { instant } from '../../../time.ts';
import type { BoundSensor, DeviceRules } from '../bind.ts';
import { type Cell, never, newestValueOf, newSensorCell, type SensorCell, setValue } from '../cell.ts';
import { settledNotEvaluable } from '../settled.ts';
import type { Orphan, RuleState } from '../state.ts';
import { readAt, writeAt } from './at-codec.ts';
import { isBuiltInBlank, readBuiltIn, readHint, writeBuiltIn, writeHint } from './built-in-codec.ts';
import { type CaughtUp, caughtUp, readCell, writeCell } from './cell-codec.ts';
import { type Heading, headingOf, type NamedRule, type OwnHeading, readHeading } from './heading.ts';
import { place, type RawCondition, type RawSensor } from './place.ts';
import { readRecent, writeRecent } from './recent-codec.ts';
import { hasRings, readRings, writeRings } from './ring-store.ts';
import { readLastGood, readValue, scaledOf, unscaled, writeLastGood, writeValue } from './value-codec.ts';

/**
 * Writes `state`, which follows the slots of `rules`.
 *
 * A sensor with nothing to tell is named by 27 bits of a hash, any other by its id; each rule is named once, with the
 * shapes of its severities. So the bytes can be read under another rule book or registration (semantics 23).
 */
export function encodeRules(writer: ByteWriter, rules: DeviceRules, state: RuleState): void {
  const { seenAt } = state;
  const heading = headingOf(rules);
  writer.uint(seenAt);
  writer.raw(heading.bytes);
  writer.uint(rules.sensors.length);
  for (const bound of rules.sensors) writeSensor(writer, heading, state, bound);
  writer.uint(state.orphans.length);
  for (const orphan of state.orphans) writeOrphan(writer, seenAt, orphan);
}

/**
 * Reads what `encodeRules` wrote, and finds each part its place under `rules`.
 *
 * @param hasWindows false for bytes from before there were windows
 * @throws AssertionError when bytes are damaged
 */
export function decodeRules(reader: ByteReader, rules: DeviceRules, hasWindows = true): RuleState {
  const seenAt = instant(reader.uint());
  const heading = readHeading(reader, headingOf(rules), hasWindows);
  const sensors: RawSensor[] = [];
  for (let count = reader.uint(); count > 0; count--)
    sensors.push(readSensor(reader, seenAt, heading, sensors.at(-1)));
  const orphans = Array.from({ length: reader.count() }, () => readOrphan(reader, seenAt));
  return place({ seenAt, sensors, orphans }, rules);
}

/** In the flags of a sensor: its rules are those of the sensor before, and are not named again. */
const sameRulesFlag = 256;
/** In the flags of a sensor whose newest reading is not good: the last good one follows. */
const lastGoodFlag = 512;

/** True when somebody outside knows of the sensor: an alert is open on it, or once was. */
const isNotable = (cell: SensorCell, state: RuleState, bound: BoundSensor): boolean =>
  !isBuiltInBlank(cell.fault) ||
  !isBuiltInBlank(cell.notEvaluable) ||
  bound.conditions.some(({ slot }) => {
    const held = state.cells[slot];
    return held !== undefined && (held.hint !== undefined || held.toldRank !== never);
  });

function writeSensor(writer: ByteWriter, heading: OwnHeading, state: RuleState, bound: BoundSensor): void {
  const cell = state.sensors[bound.slot] ?? newSensorCell();
  const isNamed = heading.ambiguous.has(bound) || isNotable(cell, state, bound);
  const hasSameRules = heading.likeBefore.has(bound);
  const value = newestValueOf(cell);
  const scaled = scaledOf(value);
  const valueKind = value === undefined ? 0 : scaled !== undefined ? 1 : 2;
  const withFault = !isBuiltInBlank(cell.fault);
  const notEvaluable = settledNotEvaluable(cell);
  const withNotEvaluable = !isBuiltInBlank(notEvaluable);
  const withRings = hasRings(cell);
  const lastGood = cell.quality === 'good' ? undefined : cell.lastGood;
  writer.uint(
    (isNamed ? 1 : 0) |
      (cell.quality === 'good' ? 0 : 2) |
      (valueKind << 2) |
      (withFault ? 16 : 0) |
      (withNotEvaluable ? 32 : 0) |
      (withRings ? 64 : 0) |
      (cell.recent.stretches.length > 0 ? 128 : 0) |
      (hasSameRules ? sameRulesFlag : 0) |
      (lastGood ? lastGoodFlag : 0),
  );
  if (isNamed) writer.text(bound.sensor.sensorId);
  else writer.uint(bound.key);
  writeAt(writer, state.seenAt, cell.at);
  if (scaled !== undefined) writer.int(scaled);
  else if (value !== undefined) writeValue(writer, value);
  if (cell.quality !== 'good') writer.text(cell.quality);
  if (lastGood) writeLastGood(writer, state.seenAt, lastGood);
  if (withFault) writeBuiltIn(writer, state.seenAt, cell.fault);
  if (withNotEvaluable) writeBuiltIn(writer, state.seenAt, notEvaluable);
  if (withRings) writeRings(writer, heading.windows, bound, cell);
  if (cell.recent.stretches.length > 0) writeRecent(writer, state.seenAt, cell.recent);
  if (!hasSameRules) writer.uint(bound.conditions.length);
  let before: CaughtUp | undefined;
  const codec = { base: state.seenAt, sensorAt: cell.at };
  for (const { slot, rule, isAlone } of bound.conditions) {
    const held = state.cells[slot];
    if (held === undefined) throw new RangeError(`no state for slot ${slot}`);
    if (!hasSameRules) writer.uint(heading.indexOf.get(rule) ?? 0);
    // A cell of a calm sensor is written as it would be if the sensor had not spared it the work.
    const now = caughtUp(held, cell.isCalm && isAlone ? cell : undefined);
    writeCell(writer, codec, now, before);
    before = now;
  }
}

function readSensor(
  reader: ByteReader,
  base: number,
  { rules, windows }: Heading,
  before: RawSensor | undefined,
): RawSensor {
  const flags = reader.uint();
  const isNamed = (flags & 1) !== 0;
  const name = isNamed ? reader.text() : undefined;
  const key = isNamed ? never : reader.uint();
  const cell = newSensorCell();
  cell.at = readAt(reader, base);
  const valueKind = (flags >> 2) & 3;
  if (valueKind === 1) setValue(cell, unscaled(reader.int()));
  else if (valueKind === 2) setValue(cell, readValue(reader));
  if ((flags & 2) !== 0) cell.quality = reader.text();
  if ((flags & lastGoodFlag) !== 0) cell.lastGood = readLastGood(reader, base);
  if ((flags & 16) !== 0) cell.fault = readBuiltIn(reader, base);
  if ((flags & 32) !== 0) cell.notEvaluable = readBuiltIn(reader, base);
  const rings = (flags & 64) === 0 ? undefined : readRings(reader, windows);
  if ((flags & 128) !== 0) cell.recent = readRecent(reader, base);
  const same = (flags & sameRulesFlag) === 0 ? undefined : before?.conditions;
  let last: Cell | undefined;
  const codec = { base, sensorAt: cell.at };
  const conditions: RawCondition[] = [];
  const count = same?.length ?? reader.uint();
  for (let i = 0; i < count; i++) {
    const named = same?.[i]?.named ?? rules[reader.uint()] ?? nameless;
    last = readCell(reader, codec, named.severities.length, last);
    conditions.push({ named, cell: last });
  }
  return { name, key, cell, rings, conditions };
}

const nameless: NamedRule = { ruleId: '', severities: [] };

function writeOrphan(writer: ByteWriter, base: number, orphan: Orphan): void {
  writer.text(orphan.ruleId);
  writer.text(orphan.sensorId);
  writer.uint(orphan.toldRank + 1);
  writer.uint((orphan.wasToldStale ? 1 : 0) | (orphan.hint ? 2 : 0));
  writeAt(writer, base, orphan.since);
  if (orphan.hint) writeHint(writer, orphan.hint);
}

function readOrphan(reader: ByteReader, base: number): Orphan {
  const ruleId = reader.text();
  const sensorId = reader.text();
  const toldRank = reader.uint() - 1;
  const flags = reader.uint();
  const since = readAt(reader, base);
  return {
    ruleId,
    sensorId,
    toldRank,
    wasToldStale: (flags & 1) !== 0,
    since,
    hint: (flags & 2) === 0 ? undefined : readHint(reader),
  };
}
