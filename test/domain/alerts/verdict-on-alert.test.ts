import type { Alert } from '../../../functions/domain/alerts/alert.ts';
import { filled, matterOf, noScope, scopeOf } from '../../../functions/domain/alerts/belonging.ts';
import { edgeRefusal } from '../../../functions/domain/alerts/edges.ts';
import { applyDraft, changeFor } from '../../../functions/domain/alerts/from-rules.ts';
import { standingMatter } from '../../../functions/domain/alerts/standing.ts';
import { RuleId } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';
import { draft, fresh, matter, scope, subject } from '../../support/alerts.ts';
import { methaneRule } from '../../support/methane-rule.ts';
import { registrationOf } from '../../support/registration.ts';

const standing = (more: Partial<Alert> = {}): Alert => ({ ...fresh('orange'), version: 3, ...more });

test.each([
  ['nothing', undefined, {}, 'raised'],
  ['nothing', undefined, { change: 'recovered' }, undefined],
  ['a closed alert', { closed: true }, {}, 'raised'],
  ['a closed alert', { closed: true }, { change: 'recovered' }, undefined],
  ['a recovered alert', { condition: 'recovered' }, {}, 'occurrence'],
  ['a recovered alert', { condition: 'recovered' }, { change: 'recovered' }, undefined],
  ['a firing alert', {}, { change: 'recovered' }, 'recovered'],
  ['a firing alert', {}, { severity: 'red' }, 'severity-up'],
  ['a firing alert', {}, { severity: 'blue' }, 'severity-down'],
  ['a firing alert', {}, {}, undefined],
  ['a firing alert', {}, { condition: 'stale' }, 'stale'],
  ['a stale alert', { condition: 'stale' }, {}, 'firing-again'],
  ['a stale alert', { condition: 'stale' }, { condition: 'stale' }, undefined],
] as const)('to %s %j a verdict %j means %p', (_, more, given, expected) => {
  const current = more === undefined ? undefined : standing({ condition: 'firing', ...more });
  const verdict = draft({ change: 'raised', condition: 'firing', severity: 'orange', ...given });
  expect(changeFor(current, verdict)).toBe(expected);
});

test('a verdict that means nothing to its alert makes no transition', () => {
  const belonging = { matter, subject, scope, stateVersion: 1, committedAt: instant(9_000) };
  expect(
    applyDraft(undefined, draft({ change: 'recovered', condition: 'recovered' }), belonging),
  ).toBeUndefined();
});

test('who acknowledges what is acknowledged is told so; what does not apply is not allowed', () => {
  const acknowledged = standing({ condition: 'firing', handling: 'acknowledged' });
  expect(edgeRefusal(acknowledged, 'acknowledged')).toBe('already-acknowledged');
  expect(edgeRefusal(acknowledged, 'occurrence')).toBe('not-allowed');
  expect(edgeRefusal(standing({ closed: true }), 'acknowledged')).toBe('closed');
  expect(edgeRefusal(undefined, 'acknowledged')).toBe('not-allowed');
  expect(edgeRefusal(acknowledged, 'recovered')).toBeUndefined();
});

const device = registrationOf({ deviceId: 'mine-07', sensors: [{ tags: ['north'] }, { sensorId: 'o2' }] });

test("the scope of a sensor is its source's with its tags; that of the device its first source's", () => {
  const shared = {
    area: '220104',
    enterpriseId: 'ent-1',
    siteId: 'site-1',
    trade: 'coal-mine',
    deviceId: 'mine-07',
  };
  expect(scopeOf(device, 'ch4')).toEqual({ ...shared, sourceId: 'face-1', tags: ['north'] });
  expect(scopeOf(device, 'o2')).toEqual({ ...shared, sourceId: 'face-1' });
  expect(scopeOf(device)).toEqual({ ...shared, sourceId: '-' });
  expect(scopeOf({ ...device, sources: [] })).toMatchObject({ area: '-', trade: '-' });
});

test('what nobody is known to own belongs nowhere but to its device', () => {
  expect(noScope('mine-07')).toEqual({
    ...{ area: '-', enterpriseId: '-', siteId: '-', sourceId: '-', trade: '-' },
    deviceId: 'mine-07',
  });
});

test('a rule that the book no longer has is told by its id, with the unit of the sensor where that is known', () => {
  const gone = RuleId.parse('gas.gone');
  const [sensor] = device.sensors;
  const told = matterOf(undefined, draft({ ruleId: gone, ruleVersion: 'v7' }), sensor);
  const title = { zh: 'gas.gone', en: 'gas.gone' };
  expect(told).toEqual({
    ruleId: gone,
    ruleVersion: 'v7',
    kind: 'risk',
    title,
    advice: title,
    unit: '%{vol}',
  });
  expect(matterOf(undefined, draft({ ruleId: gone }), undefined).unit).toBe('');
});

test('advice names what is known and puts a hyphen for what is not', () => {
  const advice = { zh: '{sensor} {source} {value} {limit}', en: '{sensor} {source} {value} {limit} {other}' };
  const rule = { ...methaneRule, advice };
  const unknown = matterOf(rule, draft({ value: undefined, severity: 'signal', because: '' }), undefined);
  expect(unknown.advice.en).toBe('ch4 - - - {other}');
  const [sensor] = device.sensors;
  expect(matterOf(rule, draft({ value: 1.2, because: '{"no":"record"}' }), sensor).advice.zh).toMatch(
    /^ch4 face-1 1\.2 [\d.]+$/,
  );
});

test('advice puts a hyphen for a limit that nobody has set', () => {
  const limits = Object.fromEntries(
    Object.entries(methaneRule.limits).map(([name, { value: _, ...limit }]) => [name, limit]),
  );
  const rule = { ...methaneRule, limits, advice: { zh: '{limit}', en: '{limit}' } };
  expect(matterOf(rule, draft({ because: '' }), undefined).advice.en).toBe('-');
});

test('a standing rule speaks for itself, whatever the book holds', () => {
  const told = matterOf(undefined, draft({ ruleId: RuleId.parse('data.device-silent') }), undefined);
  expect(told).toEqual(standingMatter('data.device-silent'));
  expect(told.kind).toBe('data-quality');
});

test('a template keeps the names that nobody knows', () => {
  expect(filled({ zh: '{a}{b}', en: '{b} {a}' }, { a: '1' })).toEqual({ zh: '1{b}', en: '{b} 1' });
});
