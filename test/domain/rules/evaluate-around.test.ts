import type { Around, Seen } from '../../../functions/domain/rules/around.ts';
import { compileAround } from '../../../functions/domain/rules/evaluate-around.ts';
import { compileExpression } from '../../../functions/domain/rules/evaluate-expression.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Frame } from '../../../functions/domain/rules/frame.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import { input, literal } from '../../support/engine/rules.ts';

type Asking = Parameters<typeof compileAround>[0];

const noConstants = () => undefined;
const asked = (of: Asking, frame: Partial<Frame> = {}): Value | undefined =>
  compileAround(of, (part) => compileExpression(part, noConstants, 2))({
    value: 5,
    quality: 'good',
    ...frame,
  });

/** Says what it is asked: windows as numbers, a place as hundreds; nothing else but what is given. */
const aroundOf = (more: Partial<Around> = {}): Around => ({
  figure: (window, fn) => (fn === 'avg' ? window : undefined),
  figureOf: (window, fn, place) => (fn === 'avg' && place !== undefined ? window + 100 * place : undefined),
  reaches: () => undefined,
  role: () => undefined,
  peers: () => [],
  ...more,
});
const seen = (value: Value | undefined, place?: number): Seen => ({
  ...{ value, quality: 'good' },
  ...(place === undefined ? {} : { place }),
});

describe('semantics 17: a window is asked for its figure', () => {
  const avg = { op: 'window', fn: 'avg', window: 3 } as const;
  const peer = seen(1, 2);

  test.each<[string, Asking, Value | undefined]>([
    ['as it is', avg, 3],
    ['in another unit of time', { ...avg, perMs: 60 }, 180],
    ['of the sensor that the list is at', { ...avg, each: true }, 203],
    ['of that one in another unit of time', { ...avg, each: true, perMs: 10 }, 2_030],
    ['that it does not have', { ...avg, fn: 'rate' }, undefined],
    ['that it does not have, in another unit of time', { ...avg, fn: 'rate', perMs: 60 }, undefined],
    [
      'that none of a list has, in another unit of time',
      { ...avg, fn: 'rate', each: true, perMs: 60 },
      undefined,
    ],
  ])('%s', (_, of, expected) => {
    expect(asked(of, { around: aroundOf(), peer })).toBe(expected);
    expect(asked(of)).toBeUndefined();
  });

  test('of no sensor when the list is at none', () => {
    expect(asked({ ...avg, each: true }, { around: aroundOf() })).toBeUndefined();
  });
});

describe('semantics 18: a window is asked whether it will reach a limit', () => {
  const willReach = (limit: Expression): Asking => ({ op: 'willReach', window: 3, withinMs: 60, limit });
  const around = aroundOf({
    reaches: (window, limit, withinMs) => window === 3 && withinMs === 60 && limit > 1,
  });

  test.each([
    [literal(2), true],
    [literal(1), false],
    [input('value'), true],
    [literal('high'), undefined],
    [input('limits.unknown'), undefined],
  ])('%j: %s', (limit, expected) => {
    expect(asked(willReach(limit), { around })).toBe(expected);
  });

  test('and says nothing where nothing is around', () => {
    expect(asked(willReach(literal(2)))).toBeUndefined();
  });
});

describe('semantics 19: the sensors of a list', () => {
  const peers = (how: 'all' | 'atLeast', least: number, of: Expression = input('peer')): Asking => ({
    ...{ op: 'peers', how, least, quantity: 'methane', of },
  });
  /** What the sensors say one after another, to a question for their value. */
  const verdict = (of: Asking, ...values: readonly (Value | undefined)[]): Value | undefined =>
    compileAround(
      of,
      () => (frame) => frame.peer?.value,
    )({
      value: 5,
      quality: 'good',
      around: aroundOf({
        peers: (quantity) => (quantity === 'methane' ? values.map((one) => seen(one)) : []),
      }),
    });

  test.each<[string, Asking, readonly (Value | undefined)[], boolean | undefined]>([
    ['all of them hold', peers('all', 1), [true, true], true],
    ['one of all does not hold', peers('all', 1), [true, false, undefined], false],
    ['one of all is unknown', peers('all', 1), [true, undefined], undefined],
    ['one of all says no verdict', peers('all', 1), [true, 1], undefined],
    ['as many hold as are wanted', peers('atLeast', 2), [true, false, true], true],
    ['more hold than are wanted', peers('atLeast', 2), [true, true, true], true],
    ['one too few holds', peers('atLeast', 2), [true, false, false], false],
    ['one too few holds and one may', peers('atLeast', 2), [true, undefined, false], undefined],
    ['two too few hold and one may', peers('atLeast', 3), [true, undefined, false], false],
    ['two too few hold and two may', peers('atLeast', 3), [true, undefined, undefined], undefined],
    ['enough hold whatever another says', peers('atLeast', 1), [true, undefined], true],
    ['there is none', peers('all', 1), [], undefined],
    ['none is wanted of none', peers('atLeast', 0), [], undefined],
  ])('%s', (_, of, values, expected) => {
    expect(verdict(of, ...values)).toBe(expected);
  });

  test('of another quantity say nothing, and neither do those of nowhere', () => {
    expect(verdict({ ...peers('all', 1), quantity: 'dust' } as Asking, true)).toBeUndefined();
    expect(asked(peers('all', 1, literal(true)))).toBeUndefined();
  });

  test('are asked with all else that is known of the reading', () => {
    const frames: Frame[] = [];
    const around = aroundOf({ peers: () => [seen(1, 0), seen(2, 1)] });
    const frame = { value: 5, quality: 'good', phenomenonAt: 7, around };
    compileAround(peers('all', 1), () => (one) => {
      frames.push(one);
      return true;
    })(frame);
    expect(frames).toEqual([
      { ...frame, peer: seen(1, 0) },
      { ...frame, peer: seen(2, 1) },
    ]);
  });
});
