import fc from 'fast-check';
import { compileCondition, computedPlaces } from '../../../functions/domain/rules/evaluate-expression.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Frame } from '../../../functions/domain/rules/frame.ts';
import { anyCondition, anyWorld } from '../../support/engine/conditions.ts';
import { type ThreeValuedWorld, threeValued } from '../../support/reference/three-valued.ts';

const scale = 1;

const frameOf = ({ value, quality, roles, peers, figures, reachedFrom }: ThreeValuedWorld): Frame => ({
  value,
  quality,
  around: {
    figure: (_, fn) => figures[fn],
    figureOf: (_, fn, place) => (place === undefined ? undefined : peers[place]?.figures?.[fn]),
    reaches: (_, limit) => (reachedFrom === undefined ? undefined : limit >= reachedFrom),
    role: (name) => {
      const said = roles[name];
      return said && { value: said.value, quality: said.quality };
    },
    peers: () => peers.map(({ value: of, quality: state }, place) => ({ value: of, quality: state, place })),
  },
});

const verdictOf = (condition: Expression, world: ThreeValuedWorld) =>
  compileCondition(condition, (name) => world.constants[name], scale)(frameOf(world));

test('semantics 1, 4, 27: whatever is unknown, a condition says what the three-valued reference says', () => {
  fc.assert(
    fc.property(anyCondition, anyWorld, (condition, world) => {
      expect(verdictOf(condition, world)).toBe(threeValued(condition, world, scale + computedPlaces));
    }),
    { numRuns: 5_000 },
  );
});

test('the conditions that are asked are often true, often false and often unknown', () => {
  const verdicts = fc
    .sample(fc.tuple(anyCondition, anyWorld), 1_000)
    .map(([of, world]) => verdictOf(of, world));
  for (const verdict of [true, false, undefined])
    expect(verdicts.filter((one) => one === verdict).length).toBeGreaterThan(100);
});
