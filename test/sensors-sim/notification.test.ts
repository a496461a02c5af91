import { changeOfNotification } from '../../sensors-sim/live/notification.ts';

const body = {
  specversion: '1.0',
  id: 'a1/3',
  data: {
    alertId: 'a1',
    version: 3,
    change: 'severity-up',
    severity: 'red',
    matter: { ruleId: 'gas.leak' },
    subject: { kind: 'sensor', id: 'd1/s1' },
    at: '2026-03-02T00:00:10.000Z',
    phenomenonAt: '2026-03-02T00:00:09.000Z',
    value: 51.2,
  },
};

test('a notification tells the change, its times and how long it took', () => {
  const at = Date.parse(body.data.at);
  expect(changeOfNotification(JSON.stringify(body), at + 250)).toEqual({
    alertId: 'a1',
    version: 3,
    ruleId: 'gas.leak',
    subject: 'd1/s1',
    change: 'severity-up',
    severity: 'red',
    at,
    phenomenonAt: at - 1000,
    value: 51.2,
    tookMs: 250,
  });
});

test.each(['', 'no json', '{}', JSON.stringify({ ...body, data: { ...body.data, severity: 'pink' } })])(
  '%j is no notification',
  (text) => {
    expect(changeOfNotification(text)).toBeUndefined();
  },
);
