import type { Accepted } from '../../history.ts';
import { askableOf } from './ticks.ts';

const heal = 1_000_000;
const phases = { warmUp: 0, faults: 0, heal, quiet: heal + 240_000, end: heal + 300_000 };

const canary = (receivedAt: number): Accepted => ({
  id: `c-${receivedAt}`,
  topic: 'tocsin/v1/-/canary',
  clientId: 'n/a',
  principal: 'https',
  receivedAt,
  bytes: new Uint8Array(),
  sender: 'canary',
});

/** Canaries every 5 s after the faults, without those of which `isMissing` is true. */
const backAfter = (isMissing: (sinceHeal: number) => boolean): number => {
  const instants = Array.from({ length: 60 }, (_, i) => i * 5_000).filter((at) => !isMissing(at));
  const accepted = instants.map((at) => canary(heal + at));
  return askableOf({ accepted, phases, delayedUntil: 0 })(heal) - heal;
};

test.each<[string, (at: number) => boolean, number]>([
  ['none is missing: one that hung may still hold up the next', () => false, 35_000],
  ['one is missing, which is its spare’s to do', (at) => at === 60_000, 35_000],
  ['a hole ends after a minute', (at) => at > 20_000 && at < 60_000, 60_000],
  ['they come back only after two minutes', (at) => at < 120_000, 120_000],
  ['they come back too late', (at) => at < 200_000, 135_000],
  ['they stop for good', (at) => at > 50_000, 135_000],
  ['there never is any', () => true, 135_000],
])('after the faults ticks run without a hole: %s', (_, isMissing, back) => {
  expect(backAfter(isMissing)).toBe(back);
});

test('of several troubles each holds up what is due in it, or just before, and nothing else', () => {
  const troubles = [
    { from: 500_000, until: 600_000 },
    { from: 2_000_000, until: 2_100_000 },
  ];
  const accepted = Array.from({ length: 1_000 }, (_, i) => canary(i * 5_000));
  const ask = askableOf({ accepted, phases: { ...phases, end: 5_000_000, troubles }, delayedUntil: 0 });
  const back = 35_000;
  expect([100_000, 364_999, 365_000, 599_000, 634_999, 635_000].map(ask)).toEqual([
    100_000,
    364_999,
    600_000 + back,
    600_000 + back,
    600_000 + back,
    635_000,
  ]);
  expect([1_800_000, 1_900_000, 2_100_000, 3_000_000].map(ask)).toEqual([
    1_800_000,
    2_100_000 + back,
    2_100_000 + back,
    3_000_000,
  ]);
});
