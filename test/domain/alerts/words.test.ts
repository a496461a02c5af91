import {
  deviceSubject,
  matterOf,
  scopeOf,
  sensorSubject,
} from '../../../functions/domain/alerts/belonging.ts';
import { matterOfCorrelation, subjectsOf } from '../../../functions/domain/alerts/correlated.ts';
import { isRoot, standingMatter } from '../../../functions/domain/alerts/standing.ts';
import { AreaCode, SourceId } from '../../../functions/domain/ids.ts';
import { emptyCorrelation, type Member } from '../../../functions/domain/rules/correlate/state.ts';
import { draft, scope } from '../../support/alerts.ts';
import { absenceRule, countRule, sequenceRule } from '../../support/correlations.ts';
import { methaneRule } from '../../support/methane-rule.ts';
import { registrationOf } from '../../support/registration.ts';

describe('to whom a verdict belongs', () => {
  test('a sensor is named by its device and itself, a device by itself', () => {
    expect(sensorSubject('mine-07', 'ch4')).toEqual({ kind: 'sensor', id: 'mine-07/ch4' });
    expect(deviceSubject('mine-07')).toEqual({ kind: 'device', id: 'mine-07' });
  });

  test('of several sources the one that the sensor watches decides', () => {
    const device = registrationOf({
      deviceId: 'mine-07',
      sensors: [{}, { sensorId: 'far', sourceId: 'tank' }],
    });
    const [face] = device.sources;
    if (!face) throw new Error('the device has no source');
    const tank = {
      ...face,
      sourceId: SourceId.parse('tank'),
      area: AreaCode.parse('2202'),
      trade: 'gas',
    } as const;
    const both = { ...device, sources: [face, tank] };
    expect(scopeOf(both, 'ch4')).toMatchObject({ area: '220104', trade: 'coal-mine', sourceId: 'face-1' });
    expect(scopeOf(both, 'far')).toMatchObject({ area: '2202', trade: 'gas', sourceId: 'tank' });
    expect(scopeOf(both)).toMatchObject({ area: '220104', trade: 'coal-mine', sourceId: '-' });
    expect(scopeOf({ ...device, sources: [tank] }, 'ch4')).toMatchObject({
      area: '2202',
      sourceId: 'face-1',
    });
  });
});

describe('{limit} in an advice', () => {
  const rule = { ...methaneRule, advice: { zh: '{limit}', en: '{limit}' } };
  const told = (because: string, of = rule): string => matterOf(of, draft({ because }), undefined).advice.en;

  test('is what the record says was in force', () => {
    expect(told('{"limits":{"alarm":{"value":0.8}}}')).toBe('0.8');
  });

  test('is the figure of the rule where the record does not name it', () => {
    expect(told('{"limits":{}}')).toBe('1');
    expect(told('{"limits":{"alarm":{}}}')).toBe('1');
  });

  test('is a hyphen where neither the record nor the rule has it', () => {
    expect(told('{"limits":{}}', { ...rule, limits: {} })).toBe('-');
    expect(told('', { ...rule, limits: {} })).toBe('-');
  });
});

describe('what the alert of a correlation says', () => {
  const site = { kind: 'site', id: 'site-1' } as const;
  const advice = { zh: '{value}', en: '{value} of {limit}{unit} at {source} {sensor}' };
  const member = (alertId: string, slot: 0 | 1): Member => ({
    ...{ slot, alertId, subjectId: alertId },
    ...{ runs: [], isLinked: false },
  });
  const state = {
    ...emptyCorrelation('count'),
    members: [member('al-1', 0), member('al-2', 0), member('al-2', 1)],
  };

  test('how many alerts it knows of and how many it takes; it has no unit', () => {
    expect(matterOfCorrelation(countRule(3, { advice }), site, state)).toEqual({
      ruleId: 'coal-mine.methane.two-of-many',
      ruleVersion: '00000000000000aa',
      kind: 'risk',
      title: { zh: '多点甲烷超限', en: 'Methane at several points' },
      advice: { zh: '2', en: '2 of 3 at site-1 site-1' },
      unit: '',
    });
  });

  test('a hyphen where the pattern counts nothing', () => {
    for (const rule of [sequenceRule({ advice }), absenceRule({ advice })])
      expect(matterOfCorrelation(rule, site, state).advice.en).toBe('2 of - at site-1 site-1');
  });

  test('semantics 20: a transition without a place of the kind that is asked for has no subject', () => {
    const subjects = subjectsOf(countRule(2), { scope: { ...scope, siteId: '-' }, drill: false });
    expect(subjects).toStrictEqual([]);
    expect(subjectsOf(countRule(2), { scope, drill: false })).toStrictEqual([{ kind: 'site', id: 'site-1' }]);
  });
});

describe('standing rules', () => {
  test.each([
    ['data.device-silent', true],
    ['data.gateway-silent', true],
    ['data.link', true],
    ['data.fault', false],
    ['data.conflict', false],
    ['system.telemetry-delayed', false],
  ] as const)('that %s is a root cause is %s', (id, expected) => {
    expect(isRoot(id)).toBe(expected);
  });

  test('have no unit, and a version that says that no file holds them', () => {
    expect(standingMatter('data.device-silent')).toEqual({
      ruleId: 'data.device-silent',
      ruleVersion: 'built-in',
      kind: 'data-quality',
      title: { zh: '设备失联', en: 'Device is silent' },
      advice: {
        zh: '检查设备的供电与通信；恢复之前，其监测对象视为无人监测',
        en: 'Check power and link of the device; until it is back, treat what it watches as unwatched',
      },
      unit: '',
    });
  });
});
