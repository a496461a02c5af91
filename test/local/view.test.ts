import type { ViewModel } from '../../local/view/model.ts';
import { notificationIn, type ReceivedNotification, tookMs } from '../../local/view/notification.ts';
import { renderLine, renderView } from '../../local/view/render.ts';
import { columns, inColumns, shortDuration, sparkline, withoutColours } from '../../local/view/style.ts';

const receivedAt = Date.parse('2026-01-02T03:04:05.250Z');
const envelope = {
  specversion: '1.0',
  id: 'a1/2',
  data: {
    alertId: 'a1',
    version: 2,
    change: 'severity-up',
    reason: 'severity-up',
    severity: 'red',
    condition: 'firing',
    handling: 'open',
    matter: {
      ruleId: 'gas.combustible.compartment',
      kind: 'risk',
      title: { zh: '燃气舱可燃气体浓度超限', en: 'Combustible gas in a gas compartment' },
      unit: '%{LEL}',
    },
    subject: { kind: 'sensor', id: 'gas-corridor-1/lel-01' },
    scope: { area: '220104', enterpriseId: 'ent-1' },
    value: 41.2,
    at: '2026-01-02T03:04:05.000Z',
    phenomenonAt: '2026-01-02T03:04:04.000Z',
    committedAt: '2026-01-02T03:04:05.100Z',
    text: { zh: '文', en: 'text' },
  },
};

function received(): ReceivedNotification {
  const notification = notificationIn(JSON.stringify(envelope), receivedAt);
  if (!notification) throw new Error('the envelope must be readable');
  return notification;
}

const model: ViewModel = {
  title: 'A city',
  upSeconds: 3_725,
  perSecond: [0, 10, 20],
  published: 30,
  acknowledged: 3,
  ackMs: 12,
  devicesOnline: 11,
  devices: 12,
  open: { red: 1, blue: 2 },
  notifications: [received()],
  heard: 1,
  endpoint: 'https://127.0.0.1:1',
  mqtt: 'mqtts://127.0.0.1:2',
  apiUrl: 'https://127.0.0.1:1/api',
  curlFolder: '.local/curl',
  people: [{ name: 'regulator', role: 'regulator' }],
  notices: [],
};

test('a notification tells how long it took from the broker to the regulator', () => {
  expect(tookMs(received())).toBe(250);
});

test.each(['', 'not json', '{"specversion":"1.0"}', '[]'])(
  'the body %j is no notification and no crash',
  (body) => {
    expect(notificationIn(body, receivedAt)).toBeUndefined();
  },
);

test.each([80, 100, 140])('no line of notifications is wider than a terminal of %i columns', (width) => {
  for (const language of ['zh', 'en'] as const) {
    const lines = renderView(model, width, language).filter((line) => line.includes('gas-corridor'));
    expect(lines).toHaveLength(1);
    expect(columns(lines[0] ?? '')).toBeLessThanOrEqual(width);
  }
});

test('the view shows rate, devices, open alerts and the way to the API', () => {
  const text = renderView(model, 120, 'en').map(withoutColours).join('\n');
  for (const part of ['10.0 /s', '11 of 12 online', '1 red', '2 blue', 'up 01:02:05', '.local/curl/$1'])
    expect(text).toContain(part);
});

test('a log gets the same in one line', () => {
  expect(renderLine({ ...model, perSecond: [20, 20, 20, 20, 20, 20, 20, 20, 20, 20] })).toBe(
    '01:02:05  20.0 readings/s  11/12 devices online  open alerts: 1 red, 2 blue',
  );
});

test('Chinese characters take two columns', () => {
  expect(columns('燃气a')).toBe(5);
  expect(inColumns('燃气舱泄漏', 7)).toBe('燃气舱…');
  expect(inColumns('燃气', 6)).toBe('燃气  ');
});

test('the chart is as high as its highest value', () => {
  expect(sparkline([0, 4, 8])).toBe(' ▄█');
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min'],
])('%i ms read as %s', (ms, text) => {
  expect(shortDuration(ms)).toBe(text);
});
