/** What this room knows: what a rule means. This file: a cell as it was, in one list of numbers. */
import { type Cell, type Counting, type Machine, newCell, newMachine } from './cell.ts';
import { phaseOf } from './stored/at-codec.ts';

/**
 * What a decision record is written from, when somebody reads it.
 *
 * A cell is changed where it stands, and its record needs what it was before and after the step. Copies of both were most
 * of what outlived a message, and the collector's work; as one list they take a third, and three steps in four, which
 * cause no transition, take nothing at all.
 */
export interface Snapshot {
  readonly numbers: readonly number[];
  readonly lists: readonly Lists[];
}

/** What is replaced and never changed, so that a reference is as good as a copy. */
type Lists = Pick<Machine, 'closed' | 'gaps' | 'counting'>;

/** A double from the start, so that the list is one of plain doubles. */
const numbers: number[] = [0.5];
let used = 0;
const closed: (readonly number[])[] = [];
const gaps: (readonly number[])[] = [];
const counting: Counting[] = [];

const flag = (is: boolean, bit: number): number => (is ? bit : 0);

/** Notes what `cell` is; good until the next call. */
export function note(cell: Cell): void {
  let at = 0;
  numbers[at++] = cell.evaluatedAt;
  numbers[at++] = cell.lifeAt;
  numbers[at++] = cell.lifeSetAt;
  numbers[at++] =
    flag(cell.isCalm, 1) |
    flag(cell.isStale, 2) |
    flag(cell.isHoldOver, 4) |
    flag(cell.isUnknownOver, 8) |
    flag(cell.wasToldStale, 16);
  numbers[at++] = cell.holdAt;
  numbers[at++] = cell.holdReceivedAt;
  numbers[at++] = cell.unknownAt;
  numbers[at++] = cell.unknownReceivedAt;
  numbers[at++] = cell.silence;
  numbers[at++] = cell.silenceClearSince;
  numbers[at++] = cell.toldRank;
  numbers[at++] = cell.lateCount;
  numbers[at++] = cell.limitsKey;
  const { machines } = cell;
  numbers[at++] = machines.length;
  for (let i = 0; i < machines.length; i++) {
    const machine = machines[i];
    if (machine === undefined) continue;
    numbers[at++] = machine.phase;
    numbers[at++] = machine.since;
    numbers[at++] = machine.deadlineAt;
    numbers[at++] = machine.isHeld ? 1 : 0;
    numbers[at++] = machine.clearSince;
    numbers[at++] = machine.forgottenTo;
    const { spans } = machine;
    numbers[at++] = spans.length;
    for (let s = 0; s < spans.length; s++) numbers[at++] = spans[s] ?? 0;
    closed[i] = machine.closed;
    gaps[i] = machine.gaps;
    counting[i] = machine.counting;
  }
  used = at;
}

/** What was noted last, to keep. */
export function noted(): Snapshot {
  const lists: Lists[] = [];
  const count = numbers[machineCountAt] ?? 0;
  for (let i = 0; i < count; i++) {
    const one = { closed: closed[i], gaps: gaps[i], counting: counting[i] };
    if (isWhole(one)) lists.push(one);
  }
  return { numbers: numbers.slice(0, used), lists };
}

const machineCountAt = 13;

const isWhole = (one: { readonly [field in keyof Lists]: Lists[field] | undefined }): one is Lists =>
  one.closed !== undefined && one.gaps !== undefined && one.counting !== undefined;

/** The cell of a snapshot, without its hint, which belongs to the committer. */
export function cellOfSnapshot({ numbers: from, lists }: Snapshot): Cell {
  let at = 0;
  const next = (): number => from[at++] ?? 0;
  const cell = newCell(0, 0);
  cell.evaluatedAt = next();
  cell.lifeAt = next();
  cell.lifeSetAt = next();
  const flags = next();
  cell.isCalm = (flags & 1) !== 0;
  cell.isStale = (flags & 2) !== 0;
  cell.isHoldOver = (flags & 4) !== 0;
  cell.isUnknownOver = (flags & 8) !== 0;
  cell.wasToldStale = (flags & 16) !== 0;
  cell.holdAt = next();
  cell.holdReceivedAt = next();
  cell.unknownAt = next();
  cell.unknownReceivedAt = next();
  cell.silence = phaseOf(next());
  cell.silenceClearSince = next();
  cell.toldRank = next();
  cell.lateCount = next();
  cell.limitsKey = next();
  const count = next();
  for (let i = 0; i < count; i++) {
    const machine = newMachine();
    machine.phase = phaseOf(next());
    machine.since = next();
    machine.deadlineAt = next();
    machine.isHeld = next() === 1;
    machine.clearSince = next();
    machine.forgottenTo = next();
    const length = next();
    machine.spans = from.slice(at, at + length);
    at += length;
    Object.assign(machine, lists[i]);
    cell.machines.push(machine);
  }
  return cell;
}
