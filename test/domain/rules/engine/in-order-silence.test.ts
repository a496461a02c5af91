import { type Cell, type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { machineOf } from '../../../support/engine/counting.ts';
import { applied, registeredCell } from '../../../support/engine/instants.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

type Given = Parameters<typeof applied>[2];

const { idle, active, clearing } = phases;
/** Silent after 30 s; silence ends in 10 s; not evaluable after 60 s. */
const condition = conditionOf(ruleOf({ unknownForMs: seconds(60) }));
const stepped = (of: Partial<Cell>, given: Given, receivedS = given.t, machine = machineOf()): Cell =>
  applied(condition, registeredCell({ evaluatedAt: at(80), ...of }, machine), given, receivedS);

const silent = { silence: active };
const ending = { silence: clearing, silenceClearSince: at(80) };

test.each<[string, Partial<Cell>, Given, number, Cell['silence'], number]>([
  ['that is none does not end', {}, { t: 90, v: 0 }, 90, idle, never],
  ['begins to end with a good reading', silent, { t: 90, v: 0 }, 90, clearing, 90],
  ['does not end with an unknown one', silent, { t: 90, q: 'unknown' }, 90, active, never],
  ['does not end by an echo', silent, { t: 90, v: 0, isEcho: true }, 90, active, never],
  ['goes on ending through an echo', ending, { t: 95, v: 0, isEcho: true }, 95, clearing, 80],
  ['begins to end while the sensor is alive', silent, { t: 90, v: 0 }, 120, clearing, 90],
  ['does not end of a sensor that lived too long ago', silent, { t: 90, v: 0 }, 120.001, active, never],
  ['that ends goes on when it lived too long ago', ending, { t: 85, v: 0 }, 115.001, active, never],
  ['that ends goes on with an unknown reading', ending, { t: 85, q: 'unknown' }, 85, active, never],
  ['is not over before its end', ending, { t: 89.999, v: 0 }, 89.999, clearing, 80],
  ['is over at its end', ending, { t: 90, v: 0 }, 90, idle, never],
  ['is over after its end', ending, { t: 110, v: 0 }, 110, idle, never],
  ['begins to end again after a gap', ending, { t: 110.001, v: 0 }, 110.001, clearing, 110.001],
])('semantics 12: silence %s', (_, of, given, receivedS, silence, since) => {
  const cell = stepped(of, given, receivedS);
  expect([cell.silence, cell.silenceClearSince]).toEqual([silence, since === never ? never : at(since)]);
});

const unknown: Given = { t: 90, q: 'unknown' };
/** Since second 40, told at second 45. */
const lasting = { unknownAt: at(40), unknownReceivedAt: at(45) };

test.each<[string, Partial<Cell>, Given, readonly unknown[]]>([
  ['begins with an unknown reading', {}, unknown, [at(90), at(95), false]],
  ['goes on', lasting, { ...unknown, t: 99.999 }, [at(40), at(45), false]],
  ['has lasted long enough at its end', lasting, { ...unknown, t: 100 }, [at(40), at(45), true]],
  ['has lasted long enough after its end', lasting, { ...unknown, t: 101 }, [at(40), at(45), true]],
  ['ends with a known reading', { ...lasting, isUnknownOver: true }, { t: 90, v: 0 }, [never, never, false]],
  ['is none after a known reading', {}, { t: 90, v: 0 }, [never, never, false]],
])('semantics 3: what nobody can answer %s', (_, of, given, expected) => {
  const { unknownAt, unknownReceivedAt, isUnknownOver } = stepped(of, given, given.t + 5);
  expect([unknownAt, unknownReceivedAt, isUnknownOver]).toEqual(expected);
});

test('semantics 3: where no time is given the first unknown reading is enough', () => {
  const at0 = conditionOf(ruleOf({ unknownForMs: seconds(0) }));
  expect(applied(at0, registeredCell({}, machineOf()), unknown).isUnknownOver).toBe(true);
});

test('semantics 3: one severity that is unknown is enough', () => {
  const levels = [
    { severity: 'yellow', at: 1 },
    { severity: 'red', at: 2 },
  ] as const;
  const two = conditionOf(ruleOf({ levels, quality: { ...ruleOf().quality, unknown: 'raise' } }));
  expect(applied(two, registeredCell({}, machineOf(), machineOf()), unknown).unknownAt).toBe(at(90));
});

test('semantics 3: a rule that can never be answered has been unknown since it was registered', () => {
  const foreign = conditionOf(ruleOf({ unit: 'ppm' }));
  expect(foreign.isNeverKnown).toBe(true);
  const cell = applied(
    foreign,
    registeredCell({ unknownAt: at(1), unknownReceivedAt: at(2) }, machineOf()),
    unknown,
  );
  expect([cell.unknownAt, cell.unknownReceivedAt, cell.isUnknownOver]).toEqual([at(1), at(2), false]);
  expect(applied(foreign, registeredCell({}, machineOf()), unknown).unknownAt).toBe(never);
});

const standing = (): Machine => machineOf({ phase: active, since: at(0) });
const stale = { isStale: true };

test.each<[string, Partial<Cell>, () => Machine, Given, number, boolean]>([
  ['is stale by a fault', {}, machineOf, { t: 90, q: 'fault' }, 90, true],
  ['is stale by a fault in an episode', {}, standing, { t: 90, q: 'fault' }, 90, true],
  ['is not stale by itself', {}, standing, { t: 90, v: 1 }, 90, false],
  ['fires with a breach', stale, machineOf, { t: 90, v: 1 }, 200, false],
  ['fires with a breach out of range', stale, machineOf, { t: 90, q: 'over-range' }, 90, false],
  ['is not stale after a good reading when all is over', stale, machineOf, { t: 90, v: 0 }, 200, false],
  ['stays stale after a bad one when all is over', stale, machineOf, { t: 90, q: 'unknown' }, 90, true],
  ['fires with a good reading under which it stands', stale, standing, { t: 90, v: 1 }, 120, false],
  ['stays stale when the sensor lived too long ago', stale, standing, { t: 90, v: 1 }, 120.001, true],
  ['stays stale with a bad reading', stale, standing, { t: 90, q: 'over-range' }, 90, true],
  ['stays stale while it clears', stale, standing, { t: 90, v: 0 }, 90, true],
  [
    'stays stale while it is silent only',
    { ...stale, silence: active },
    machineOf,
    { t: 90, v: 0 },
    90,
    true,
  ],
])('semantics 12: an alert %s', (_, of, newMachine, given, receivedS, isStale) => {
  expect(stepped(of, given, receivedS, newMachine()).isStale).toBe(isStale);
});

test('semantics 8: silence counts from the message that told of the breach, but not of one in an episode', () => {
  const dead = { ...stale, lifeAt: at(85), lifeSetAt: at(86) };
  expect(stepped(dead, { t: 90, v: 1, life: 85 }, 200).lifeSetAt).toBe(at(200));
  expect(stepped(dead, { t: 90, v: 1, life: 85 }, 100, standing())).toMatchObject({
    isStale: false,
    lifeSetAt: at(86),
  });
});

test('of two severities the one that stands makes it fire', () => {
  const levels = [
    { severity: 'yellow', at: 1 },
    { severity: 'red', at: 2 },
  ] as const;
  const two = conditionOf(ruleOf({ levels }));
  expect(applied(two, registeredCell(stale, standing(), standing()), { t: 90, v: 1 }).isStale).toBe(false);
});
