import { RuleId } from '../../../../functions/domain/ids.ts';
import type { Selection } from '../../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { advance, dueAt } from '../../../../functions/domain/rules/engine.ts';
import { rankOf } from '../../../../functions/domain/severity.ts';
import { at, benchOf, feed } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, compare, device, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { registrationOf } from '../../../support/registration.ts';

const registration = registrationOf({
  deviceId: 'dev-1',
  sensors: [{ tags: ['north'] }],
  source: { grade: 2, tags: ['deep'] },
});

test.each<[string, Partial<Selection>, boolean]>([
  ['its quantity alone', {}, true],
  ['another quantity', { quantities: ['h2s'] }, false],
  ['its position among others', { positions: ['T0', 'T1'] }, true],
  ['other positions', { positions: ['T2'] }, false],
  ['the kind of its source', { sourceKinds: ['coal-face'] }, true],
  ['another kind of source', { sourceKinds: ['storage-tank'] }, false],
  ['a wider area', { areaPrefixes: ['22'] }, true],
  ['another area', { areaPrefixes: ['21'] }, false],
  ['the grade of its source', { grades: [1, 2] }, true],
  ['another grade', { grades: [1] }, false],
  ['a tag of its own', { tags: ['north'] }, true],
  ['a tag of its source', { tags: ['deep'] }, true],
  ['another tag', { tags: ['south'] }, false],
  ['all but one', { positions: ['T1'], grades: [4] }, false],
])('a rule that selects %s', (_, select, isBound) => {
  const rule = ruleOf({ select: { quantities: ['methane'], ...select } });
  expect(bindDevice(bookOf(rule), registration).conditions).toHaveLength(isBound ? 1 : 0);
});

test('several rules watch one sensor, each with an alert of its own', () => {
  const rules = bindDevice(
    bookOf(ruleOf({ id: RuleId.parse('test.a') }), ruleOf({ id: RuleId.parse('test.b'), version: 'v2' })),
    device(),
  );
  const bench = benchOf(rules);
  feed(bench, [0, 1]);
  expect(bench.drafts.map(({ ruleId, ruleVersion }) => [ruleId, ruleVersion])).toEqual([
    ['test.a', 'v1'],
    ['test.b', 'v2'],
  ]);
});

test('a device that was revoked is not found silent, and its open alert is not forgotten', () => {
  const bench = benchOf(boundTo(ruleOf(), device()));
  feed(bench, [0, 1]);
  expect(bench.drafts).toHaveLength(1);
  const withdrawn = bindDevice(bookOf(ruleOf()), {
    ...registrationOf({ deviceId: 'dev-1' }),
    status: 'revoked',
  });
  const now = at(10 * 86_400);
  expect(dueAt(withdrawn, bench.state())).toBeUndefined();
  const { state, transitions } = advance(withdrawn, bench.state(), now, now);
  expect(transitions).toEqual([]);
  expect(state.orphans).toMatchObject([{ ruleId: ruleOf().id, toldRank: rankOf('orange') }]);
});

test('a condition sees attributes of the source and the mode of its area', () => {
  const isGrave = compare('le', input('source.grade'), literal(2));
  const isNormal = compare('eq', input('mode'), literal('normal'));
  const rule = ruleOf();
  const severities = rule.severities.map((severity) => ({
    ...severity,
    when: {
      op: 'and' as const,
      left: severity.when,
      right: { op: 'and' as const, left: isGrave, right: isNormal },
    },
  }));
  const raised = (grade?: number) => {
    const source = grade === undefined ? {} : { grade };
    const bound = boundTo({ ...rule, severities }, registrationOf({ deviceId: 'dev-1', source }));
    return feed(benchOf(bound), [0, 1]).length;
  };
  expect([raised(1), raised(2), raised(3), raised()]).toEqual([1, 1, 0, 0]);
});
