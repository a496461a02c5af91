import { scopeOfCorrelation, subjectsOf } from '../../../functions/domain/alerts/correlated.ts';
import { emptyCorrelation } from '../../../functions/domain/rules/correlate/state.ts';
import { scope } from '../../support/alerts.ts';
import { countRule } from '../../support/correlations.ts';

const idsOf = (
  given: Parameters<typeof countRule>[1],
  tags: readonly string[] | undefined,
  siteId = 'site-1',
) =>
  subjectsOf(countRule(2, given), {
    scope: { ...scope, siteId, ...(tags === undefined ? {} : { tags }) },
    drill: false,
  }).map(({ id }) => id);

test('semantics 20: a sensor belongs to the groups of its site that its tags name', () => {
  expect(idsOf({ subject: 'group', groupTagPrefix: 'row-' }, ['row-1', 'hot', 'row-2'])).toEqual([
    'site-1/row-1',
    'site-1/row-2',
  ]);
  expect(idsOf({ subject: 'group' }, ['row-1', 'hot'])).toEqual(['site-1/row-1', 'site-1/hot']);
  expect(idsOf({ subject: 'group' }, undefined)).toEqual([]);
});

test('semantics 20: what belongs to no site belongs to no group, and what has no source meets nothing there', () => {
  expect(idsOf({ subject: 'group' }, ['row-1'], '-')).toEqual([]);
  expect(idsOf({ subject: 'site' }, [], '-')).toEqual([]);
  expect(idsOf({ subject: 'source' }, [])).toEqual([scope.sourceId]);
});

test('semantics 20: an exercise meets nothing', () => {
  expect(subjectsOf(countRule(2), { scope, drill: true })).toEqual([]);
});

test.each([
  ['device', 'dev-1', { deviceId: 'dev-1', sourceId: '-' }],
  ['source', 'tank', { deviceId: '-', sourceId: 'tank' }],
  ['group', 'site-1/row-1', { deviceId: '-', sourceId: '-', tags: ['row-1'] }],
] as const)('the alert of a correlation on a %s belongs to it', (kind, id, expected) => {
  const place = { area: '220104', enterpriseId: 'ent-1', siteId: 'site-1' };
  const told = scopeOfCorrelation(countRule(2), { kind, id }, { ...emptyCorrelation('count'), place });
  expect(told).toMatchObject({ ...place, ...expected });
  expect('tags' in told).toBe(kind === 'group');
});

test('the alert of a correlation whose members nobody is known to own belongs to no area, enterprise or site', () => {
  const told = scopeOfCorrelation(countRule(2), { kind: 'site', id: 's' }, emptyCorrelation('count'));
  expect(told).toMatchObject({ area: '-', enterpriseId: '-', siteId: '-' });
});
