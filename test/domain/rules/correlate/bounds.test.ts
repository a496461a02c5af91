import { raiseFloor } from '../../../../functions/domain/rules/correlate/bounds.ts';
import { memberText } from '../../../../functions/domain/rules/correlate/codec.ts';
import { termsOf } from '../../../../functions/domain/rules/correlate/correlations.ts';
import { judgeCorrelation } from '../../../../functions/domain/rules/correlate/judge.ts';
import { type Fact, withFact } from '../../../../functions/domain/rules/correlate/members.ts';
import { replayCorrelation } from '../../../../functions/domain/rules/correlate/replay.ts';
import {
  crowdedForMs,
  emptyCorrelation,
  episodeCountMax,
  memberBytesMax,
  memberCountMax,
  runCountMax,
} from '../../../../functions/domain/rules/correlate/state.ts';
import { recordBytesMax } from '../../../../functions/domain/rules/engine/record.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { absenceRule, countRule, gas } from '../../../support/correlations.ts';
import { correlator, episode } from '../../../support/correlator.ts';

const longId = (index: number, length: number): string => `${'x'.repeat(length - 4)}${1_000 + index}`;

/** `count` alerts that came and went one after the other, T and more apart. */
function busy(count: number, one = correlator(countRule(2))) {
  for (let index = 0; index < count; index += 1)
    for (const given of episode(gas, `al-${index}`, index * 200 + 1, index * 200 + 10)) one.take(given);
  return one;
}

describe('semantics 20: the bounds of what is kept', () => {
  test.each([
    [-1, memberCountMax - 1],
    [0, memberCountMax],
    [1, memberCountMax],
  ])('%i beside the most members: %i are kept', (beside, kept) => {
    const one = busy(memberCountMax + beside);
    expect(one.state.members).toHaveLength(kept);
    expect(one.state.floor).toBe(beside > 0 ? 70_000 : 0);
    expect(one.story()).toEqual([]);
  });

  test('what comes late about a time of which a member was forgotten raises, later ones do not', () => {
    const one = busy(memberCountMax + 1);
    one.take({ rule: gas, alert: 'late', version: 1, at: 70 }, 10_000);
    expect(one.story()).toEqual(['raised red 70']);
    const other = busy(memberCountMax + 1);
    other.take({ rule: gas, alert: 'new', version: 1, at: 20_000 });
    expect(other.story()).toEqual([]);
  });

  test('what came and went before what is forgotten is itself forgotten: a storm of old alerts comes to an end', () => {
    const one = busy(memberCountMax + 1);
    for (let index = 0; index < 3; index += 1)
      for (const given of episode(gas, `late-${index}`, index + 1, index + 2)) one.take(given, 10_000);
    expect(one.state.members.length).toBeLessThanOrEqual(memberCountMax);
    expect(one.story()).toEqual(['raised red 1']);
  });

  test('long names leave room for fewer members, and the record stays within 8 KB', () => {
    const one = correlator(countRule(20));
    for (let index = 0; index < memberCountMax; index += 1)
      one.take({
        rule: gas,
        alert: longId(index, 23),
        subject: longId(index, 129),
        version: 1,
        at: 1 + index,
      });
    expect(one.state.members.length).toBeLessThan(memberCountMax);
    expect(one.state.members.length).toBeGreaterThanOrEqual(20);
    expect(Buffer.byteLength(memberText(one.state.members))).toBeLessThanOrEqual(memberBytesMax);
    expect(one.story()).toEqual(['raised red 20']);
    for (const { record } of one.said) {
      expect(Buffer.byteLength(record)).toBeLessThanOrEqual(recordBytesMax);
      expect(replayCorrelation(record)).toBe(record);
    }
  });

  test('when more stand than are kept it raises, and is not cleared for a day though the kept ones recover', () => {
    const one = correlator(countRule(20));
    const subject = 'one';
    for (let index = 0; index <= memberCountMax; index += 1)
      one.take({ rule: gas, alert: `al-${index}`, subject, version: 1, at: 1 + index });
    expect(one.story()).toEqual(['raised red 1']);
    for (let index = 0; index <= memberCountMax; index += 1)
      one.take({ rule: gas, alert: `al-${index}`, subject, version: 2, at: 100, condition: 'recovered' });
    one.advance(1 + memberCountMax + crowdedForMs / 1000);
    expect(one.said).toHaveLength(1);
    one.advance(1 + memberCountMax + crowdedForMs / 1000 + 0.001);
    expect(one.said).toHaveLength(2);
  });

  test.each([[-1], [0], [1]])(
    '%i beside the most runs of one member, its newest episode counts',
    (beside) => {
      const one = correlator(countRule(2));
      for (let version = 1; version <= runCountMax + beside; version += 1)
        one.take({
          rule: gas,
          alert: 'a',
          version,
          at: version * 100,
          condition: version % 2 === 1 ? 'firing' : 'recovered',
        });
      expect(one.state.members[0]?.runs.length).toBeLessThanOrEqual(runCountMax);
      expect(one.state.floor > 0).toBe(beside > 0);
      one.take({ rule: gas, alert: 'b', version: 1, at: (runCountMax + beside) * 100 });
      expect(one.said).toHaveLength(1);
    },
  );

  test('a member whose versions have gaps everywhere is taken to have stood all the while', () => {
    const one = correlator(countRule(2));
    for (let index = 0; index <= runCountMax; index += 1)
      one.take({ rule: gas, alert: 'a', version: 2 + 2 * index, at: 1 + index });
    expect(one.state.members[0]?.runs).toHaveLength(runCountMax);
    expect(one.state.members[0]?.runs[0]).toMatchObject({ first: 2, last: 4, at: 1_000 });
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('%i beside the most episodes remembered, the oldest is below the floor', (beside, isRaised) => {
    const one = correlator(countRule(1));
    for (let index = 0; index < episodeCountMax + beside; index += 1) {
      for (const given of episode(gas, `al-${index}`, index * 200 + 1, index * 200 + 10)) one.take(given);
      one.advance(index * 200 + 190);
    }
    expect(one.state.episodes.length).toBeLessThanOrEqual(episodeCountMax);
    expect(one.state.floor > 0 ? 1 : 0).toBe(isRaised);
    expect(one.said).toHaveLength(2 * (episodeCountMax + beside));
  });

  test('a member that is forgotten before its absence could be judged raises at once', () => {
    const one = busy(memberCountMax + 1, correlator(absenceRule()));
    expect(one.story()[0]).toBe('raised red 61');
  });
});

describe('semantics 20: what a bound does not touch', () => {
  test('when all stand it is the one that has stood longest that goes, whatever its name', () => {
    const one = correlator(countRule(20));
    for (let index = 0; index <= memberCountMax; index += 1)
      one.take({ rule: gas, alert: `al-${90 - index}`, version: 1, at: 1 + index });
    const kept = one.state.members.map(({ alertId }) => alertId);
    expect(kept).toHaveLength(memberCountMax);
    expect(kept).not.toContain('al-90');
    expect(kept).toContain('al-89');
  });

  test('of a member with too many runs the oldest become one, its neighbours stay', () => {
    const one = correlator(countRule(20));
    one.take({ rule: gas, alert: 'a', version: 1, at: 1 });
    const [neighbour] = one.state.members;
    for (let run = 0; run <= runCountMax; run += 1)
      one.take({ rule: gas, alert: 'b', version: 1 + 2 * run, at: 10 + run });
    const [first, second] = one.state.members;
    expect(first).toBe(neighbour);
    expect(second?.runs).toHaveLength(runCountMax);
    expect(second?.runs[0]).toMatchObject({ first: 1, last: 3, at: 10_000 });
  });

  test('the floor never sinks', () => {
    const state = { ...emptyCorrelation('count'), floor: instant(5_000) };
    expect(raiseFloor(state, instant(4_000), termsOf(countRule(2)))).toBe(state);
  });

  const fact: Fact = {
    ...{ slot: 0, alertId: 'al', version: 1, subjectId: 'al', at: instant(40_000), rank: 3 },
    place: { area: '220104', enterpriseId: 'ent-1', siteId: 'site-1' },
  };

  test.each([
    [0, 40_000, 100_000, [40_000]],
    [0, 40_000, 99_999, []],
    [1, 40_000, 100_000, []],
  ] as const)(
    'a member in slot %i at %i is a doubt of an absence with floor %i only where T lies below it',
    (slot, at, floor, doubts) => {
      const state = { ...emptyCorrelation('absence'), floor: instant(floor) };
      expect(withFact(state, { ...fact, slot, at: instant(at) }, 60_000).doubts).toEqual(doubts);
    },
  );

  test('of two equally exact areas the first by name is the place, in whatever order they come', () => {
    for (const areas of [
      ['220105', '220104'],
      ['220104', '220105'],
    ]) {
      const one = correlator(countRule(5));
      areas.forEach((area, at) => void one.take({ rule: gas, alert: `al-${at}`, version: 1, at: 1, area }));
      expect(one.state.place?.area).toBe('220104');
    }
  });

  test('a doubt about a time of which nothing is known any more raises for no area', () => {
    const state = { ...emptyCorrelation('count'), doubts: [instant(5_000)] };
    const input = { now: instant(9_000), watermark: undefined };
    const judged = judgeCorrelation(state, termsOf(countRule(2)), input);
    expect(judged.verdict).toMatchObject({ change: 'raised', phenomenonAt: 5_000 });
    expect(judged.state.open?.area).toBe('-');
  });
});
