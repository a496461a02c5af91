import { AreaCode, RuleId } from '../../../functions/domain/ids.ts';
import {
  NewOverride,
  newOverride,
  registeredOverride,
} from '../../../functions/domain/inventory/override.ts';
import { instant } from '../../../functions/domain/time.ts';

const actor = { by: 'iss|lin', at: instant(Date.UTC(2026, 2, 1)) };

const overrideOf = (given: object) =>
  newOverride(
    NewOverride.parse({
      ...{ scope: { kind: 'area', area: '22' }, value: 1, reason: 'festival', rule: 'r', limit: 'red' },
      ...given,
    }),
    {
      overrideId: '0'.repeat(24),
      ruleId: RuleId.parse('gas.leak.valve'),
      place: { trade: '-', enterpriseId: '-', areas: [AreaCode.parse('22')] },
      setAs: 'enterprise',
    },
    actor,
  );

const registeredUntil = (given: object) => {
  const made = overrideOf(given);
  if (!made.ok) throw new Error(made.problem);
  return registeredOverride(made.override).until;
};

test('an override holds until the end that was asked for, or until it is ended', () => {
  expect(registeredUntil({ validTo: '2026-03-02T00:00:00Z' })).toBe(Date.UTC(2026, 2, 2));
  expect(registeredUntil({})).toBeUndefined();
});

test('an override that would end before it begins is refused', () => {
  expect(overrideOf({ validTo: '2026-03-01T00:00:00Z' })).toMatchObject({ problem: 'never-in-force' });
});
