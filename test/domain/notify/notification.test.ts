import * as z from 'zod';
import { AlertChange } from '../../../functions/domain/alerts/alert.ts';
import { noScope } from '../../../functions/domain/alerts/belonging.ts';
import { EnterpriseId } from '../../../functions/domain/ids.ts';
import { attributeCountMax, notificationOf } from '../../../functions/domain/notify/notification.ts';
import { raisedAt } from '../../support/transitions.ts';

const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});

const transition = raisedAt(1_767_322_984_000, { by: 'iss|zhangsan', comment: 'called 138…', drill: false });
const message = notificationOf(transition, 'first', 'urn:tocsin:test');
const envelope = Envelope.parse(JSON.parse(message.body));

describe('the message of a transition', () => {
  test('its body is a CloudEvents 1.0 envelope in structured JSON [CloudEvents 1.0.2 §3.1]', () => {
    expect(envelope).toMatchObject({
      id: `${transition.alertId}/1`,
      source: 'urn:tocsin:test',
      type: 'tocsin.alert.first',
      subject: 'coal-mine.methane.coal-face/dev-1/ch4',
      time: '2026-01-02T03:03:04.000Z',
    });
  });

  test('the data holds what happened and readable text in both languages', () => {
    expect(envelope.data).toMatchObject({
      alertId: transition.alertId,
      version: 1,
      severity: 'orange',
      condition: 'firing',
      value: 1.2,
      phenomenonAt: '2026-01-02T03:03:04.000Z',
      matter: { ruleId: 'coal-mine.methane.coal-face' },
      scope: { area: '220104', enterpriseId: 'ent-1' },
      text: { zh: expect.stringContaining('甲烷超限'), en: expect.stringContaining('Methane over limit') },
    });
  });

  test('its letter holds both texts, each as the data has it, Chinese first', () => {
    const { zh, en } = z.object({ zh: z.string(), en: z.string() }).parse(envelope.data['text']);
    expect(message.letter).toBe(`${zh}\n\n${en}\n`);
  });

  test('says nothing of who did something, in no shape', () => {
    const everything = [message.body, message.shortText, message.letter, message.subjectLine].join();
    expect(everything).not.toContain('zhangsan');
    expect(everything).not.toContain('138');
  });

  test('carries every attribute of the filters, at most ten', () => {
    expect(message.attributes).toEqual({
      severity: 'orange',
      trade: 'coal-mine',
      kind: 'risk',
      area: '220104',
      enterpriseId: 'ent-1',
      reason: 'first',
      level: '0',
      drill: 'false',
    });
    expect(Object.keys(message.attributes).length).toBeLessThanOrEqual(attributeCountMax);
  });

  test('semantics 21: attributes of an alert with the audience of many are lists, where they differ', () => {
    const { scope } = raisedAt(0);
    const enterpriseId = EnterpriseId.parse('ent-other');
    const audience = [
      { area: scope.area, enterpriseId, trade: scope.trade },
      { area: scope.area, enterpriseId: scope.enterpriseId, trade: scope.trade },
    ];
    const { attributes } = notificationOf(raisedAt(0, { scope: { ...scope, audience } }), 'first', 'urn:x');
    expect(attributes).toMatchObject({
      area: scope.area,
      trade: scope.trade,
      enterpriseId: JSON.stringify([scope.enterpriseId, 'ent-other']),
    });
  });

  test('attributes without a value are a hyphen, because SNS takes no empty one', () => {
    const { attributes } = notificationOf(raisedAt(0, { scope: noScope('-') }), 'first', 'urn:x');
    expect(attributes).toMatchObject({ area: '-', enterpriseId: '-', trade: '-' });
    expect(Object.values(attributes)).not.toContain('');
  });

  test('the same transition gives the same bytes, so a repeat can be dropped', () => {
    for (const change of AlertChange.options) {
      const one = { ...transition, change };
      expect(notificationOf(one, 'stale', 'urn:x')).toEqual(notificationOf(one, 'stale', 'urn:x'));
    }
  });
});
