import { beijingDust, replayDevice } from '../../sensors-sim/replay/device.ts';
import { replayVirtually } from '../../sensors-sim/replay/virtual.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { extractRows, extractText, hoursFrom, hoursOf } from '../support/dust-hours.ts';

const now = Date.parse('2026-03-02T10:25:00Z');

test('the fixture has 30 days, episodes of each severity and gaps', () => {
  expect(extractRows().length).toBe(720);
  expect(extractRows().filter(({ value }) => value === undefined).length).toBe(35);
  const counts = ['blue', 'yellow', 'orange', 'red'].map(
    (severity) => hoursOf(extractText).filter((line) => line.startsWith(`${severity} raises`)).length,
  );
  expect(counts).toEqual([20, 16, 11, 4]);
});

test('the dust rule raises and clears from the replay in the hours that an independent loop over the CSV finds', async () => {
  const report = await replayVirtually(extractRows(), replayDevice(beijingDust), loadBook(), now);
  expect(report.packs).toBe(2);
  expect(report.errors).toEqual([]);
  const dust = report.changes.filter(({ ruleId }) => ruleId === 'construction.dust.pm25');
  expect(hoursFrom(dust, report.shift)).toEqual(hoursOf(extractText));
}, 60_000);
