import { absenceRule, any, countRule, cut, fan, gas, sequenceRule } from '../../../support/correlations.ts';
import { correlator, episode, type Given } from '../../../support/correlator.ts';

const raise = (rule: string, alert: string, at: number, version = 1): Given => ({ rule, alert, version, at });
const over = (rule: string, alert: string, at: number, version = 2): Given => ({
  rule,
  alert,
  version,
  at,
  condition: 'recovered',
});

describe('semantics 20: N of M', () => {
  test('two different subjects that stand together raise; one alone does not', () => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    expect(one.story()).toEqual([]);
    one.take(raise(gas, 'b', 30));
    expect(one.story()).toEqual(['raised red 30']);
  });

  test('two alerts of one subject are one', () => {
    const one = correlator(countRule(2));
    one.take({ ...raise(gas, 'a', 10), subject: 'dev-1/ch4' });
    one.take({ ...raise(gas, 'b', 10), subject: 'dev-1/ch4' });
    expect(one.story()).toEqual([]);
  });

  test.each([
    [-1, 1],
    [0, 1],
    [1, 0],
  ])('a member counts until T after its recovery: %i ms beside it, %i raised', (beside, count) => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    one.take(over(gas, 'a', 20));
    one.take(raise(gas, 'b', 80 + beside / 1000));
    expect(one.said).toHaveLength(count);
  });

  test('stale counts as firing', () => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    one.take({ ...raise(gas, 'a', 20, 2), condition: 'stale' });
    one.take(raise(gas, 'b', 1_000));
    expect(one.story()).toEqual(['raised red 1000']);
  });

  test('a member counts while it is as grave as the pattern asks', () => {
    const rule = countRule(2, {
      pattern: { kind: 'count', count: 2, of: { rules: [gas], severityMin: 'orange' } },
    });
    const one = correlator(rule);
    one.take({ ...raise(gas, 'a', 10), severity: 'yellow' });
    one.take(raise(gas, 'b', 20));
    expect(one.story()).toEqual([]);
    one.take({ ...raise(gas, 'a', 30, 2), severity: 'orange' });
    expect(one.story()).toEqual(['raised red 30']);
    one.take({ ...raise(gas, 'a', 40, 3), severity: 'yellow' });
    one.advance(111);
    expect(one.story()).toEqual(['raised red 30', 'recovered red 110']);
  });

  test('signals are members: lone spikes wait there', () => {
    const one = correlator(countRule(2));
    for (const alert of ['a', 'b']) one.take({ ...raise(gas, alert, 10), severity: 'signal' });
    expect(one.story()).toEqual(['raised red 10']);
  });

  test('a late member raises, marked late when the pattern holds no more', () => {
    const one = correlator(countRule(2));
    for (const given of episode(gas, 'a', 10, 20)) one.take(given);
    one.take(over(gas, 'b', 16), 5_000);
    one.take(raise(gas, 'b', 15), 5_000);
    expect(one.story()).toEqual(['raised red 15']);
    expect(one.said[0]?.marks).toEqual(['late']);
    one.advance(5_100);
    expect(one.story()).toEqual(['raised red 15', 'recovered red 86']);
    expect(one.said[1]?.at).toBe(one.said[0]?.at);
  });
});

describe('semantics 20: recovery', () => {
  test.each([
    [-1, 1],
    [0, 1],
    [1, 2],
  ])(
    'it recovers once the watermark has passed T and clearFor: %i ms beside it, %i said',
    (beside, count) => {
      const one = correlator(countRule(2));
      one.take(raise(gas, 'a', 10));
      one.take(raise(gas, 'b', 20));
      one.take(over(gas, 'b', 30));
      one.advance(100 + beside / 1000);
      expect(one.said).toHaveLength(count);
      if (count === 2) expect(one.story()[1]).toBe('recovered red 100');
    },
  );

  test('the deadline of the end is stored, and there is none while it holds', () => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    one.take(raise(gas, 'b', 20));
    expect(one.dueAt).toBeUndefined();
    one.take(over(gas, 'b', 30));
    expect(one.dueAt).toBe(100_001);
  });

  test('a member that comes within clearFor keeps it standing', () => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    for (const given of episode(gas, 'b', 20, 30)) one.take(given);
    one.take(raise(gas, 'c', 99));
    one.advance(5_000);
    expect(one.story()).toEqual(['raised red 20']);
  });

  test('after its end a new member raises again', () => {
    const one = correlator(countRule(2));
    one.take(raise(gas, 'a', 10));
    for (const given of episode(gas, 'b', 20, 30)) one.take(given);
    one.advance(200);
    one.take(raise(gas, 'b', 300, 3));
    expect(one.story()).toEqual(['raised red 20', 'recovered red 100', 'raised red 300']);
  });

  test('without a watermark nothing is cleared', () => {
    const one = correlator(countRule(2));
    for (const alert of ['a', 'b']) for (const given of episode(gas, alert, 10, 20)) one.take(given);
    one.take(raise(gas, 'c', 100_000));
    expect(one.story()).toEqual(['raised red 10']);
  });
});

describe('semantics 20: A then B', () => {
  test.each([
    [-1, 0],
    [0, 1],
    [1, 1],
  ])('B raised %i ms beside the raise of A: %i raised', (beside, count) => {
    const one = correlator(sequenceRule());
    one.take(raise(gas, 'a', 10));
    one.take(raise(fan, 'b', 10 + beside / 1000));
    expect(one.said).toHaveLength(count);
  });

  test.each([
    [-1, 1],
    [0, 1],
    [1, 0],
  ])('B raised %i ms beside T after the recovery of A: %i raised', (beside, count) => {
    const one = correlator(sequenceRule());
    for (const given of episode(gas, 'a', 10, 20)) one.take(given);
    one.take(raise(fan, 'b', 80 + beside / 1000));
    expect(one.said).toHaveLength(count);
  });

  test('the order of phenomena counts, not that of arrival', () => {
    const one = correlator(sequenceRule());
    one.take(raise(fan, 'b', 30));
    one.take(raise(gas, 'a', 10), 40);
    expect(one.story()).toEqual(['raised red 30']);
  });

  test('an episode does not follow itself, but its next occurrence follows it', () => {
    // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
    const one = correlator(sequenceRule({ pattern: { kind: 'sequence', first: any(gas), then: any(gas) } }));
    for (const given of episode(gas, 'a', 10, 20)) one.take(given);
    expect(one.story()).toEqual([]);
    one.take(raise(gas, 'a', 40, 3));
    expect(one.story()).toEqual(['raised red 40']);
  });
});

describe('semantics 20: A and not B', () => {
  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('it raises once the watermark has passed A + T: %i ms beside it, %i raised', (beside, count) => {
    const one = correlator(absenceRule());
    one.take(raise(gas, 'a', 10));
    expect(one.dueAt).toBe(70_001);
    one.advance(70 + beside / 1000);
    expect(one.said).toHaveLength(count);
  });

  test('however late the clock is, without the watermark nothing is found absent', () => {
    const one = correlator(absenceRule());
    one.take(raise(gas, 'a', 10));
    one.take({ ...raise(gas, 'a', 100_000, 2), condition: 'stale' });
    expect(one.story()).toEqual([]);
  });

  test('a late sweep says the same at the same instant', () => {
    const one = correlator(absenceRule());
    one.take(raise(gas, 'a', 10));
    one.advance(9_000);
    expect(one.story()).toEqual(['raised red 70']);
    expect(one.said[0]?.at).toBe(70_000);
  });

  test.each([
    [0, 0],
    [1, 1],
  ])('B that comes %i ms after A + T: %i raised', (beside, count) => {
    const one = correlator(absenceRule());
    one.take(raise(gas, 'a', 10));
    one.take(raise(cut, 'b', 70 + beside / 1000));
    one.advance(200);
    expect(one.said.filter(({ change }) => change === 'raised')).toHaveLength(count);
  });

  test('B that stood before A is there', () => {
    const one = correlator(absenceRule());
    one.take(raise(cut, 'b', 5));
    one.take(raise(gas, 'a', 10));
    one.advance(200);
    expect(one.story()).toEqual([]);
  });

  test('A that recovered before its time is up raises all the same', () => {
    const one = correlator(absenceRule());
    for (const given of episode(gas, 'a', 10, 12)) one.take(given);
    one.advance(71);
    expect(one.story()).toEqual(['raised red 70']);
  });

  test('B that comes after the alarm ends it after clearFor; its going raises again', () => {
    const one = correlator(absenceRule());
    one.take(raise(gas, 'a', 10));
    one.advance(71);
    for (const given of episode(cut, 'b', 100, 200)) one.take(given);
    one.advance(255);
    expect(one.story()).toEqual(['raised red 70', 'recovered red 109.999']);
    expect(one.dueAt).toBe(260_002);
    one.advance(261);
    expect(one.story()[2]).toBe('raised red 260.001');
  });
});

describe('semantics 21: a root cause', () => {
  const rule = countRule(2, { role: 'root-cause', severity: 'blue' });

  test('has the highest severity of its children, and rises with them', () => {
    const one = correlator(rule);
    one.take({ ...raise(gas, 'a', 10), severity: 'yellow' });
    one.take({ ...raise(gas, 'b', 20), severity: 'orange' });
    one.take({ ...raise(gas, 'c', 30), severity: 'red' });
    expect(one.story()).toEqual(['raised orange 20', 'severity-up red 30']);
  });

  test('tells each child once', () => {
    const one = correlator(rule);
    for (const alert of ['a', 'b']) one.take(raise(gas, alert, 10));
    expect(one.state.errands.link).toEqual(['a', 'b']);
    one.take(raise(gas, 'c', 20));
    one.take({ ...raise(gas, 'a', 30, 2), severity: 'yellow' });
    expect(one.state.errands.link).toEqual(['a', 'b', 'c']);
  });

  test('is heard in the most exact area of its children, in whatever order they came', () => {
    for (const areas of [
      ['220104', '220104001'],
      ['220104001', '220104'],
    ]) {
      const one = correlator(rule);
      areas.forEach((area, at) => {
        one.take({ ...raise(gas, `a-${area}`, 10 + at), area });
      });
      expect(one.state.open?.area).toBe('220104001');
    }
  });
});

test('semantics 21: at the end of a parent the children that stand are to notify, those of an absence without B', () => {
  const one = correlator(countRule(2, { role: 'inhibit' }));
  one.take(raise(gas, 'a', 10));
  for (const given of episode(gas, 'b', 20, 30)) one.take(given);
  one.advance(200);
  expect(one.state.errands.release).toEqual(['a']);
  const absent = correlator(absenceRule({ role: 'inhibit' }));
  absent.take(raise(gas, 'a', 10));
  absent.advance(71);
  absent.take(raise(cut, 'b', 100));
  absent.advance(200);
  expect(absent.state.errands.release).toEqual(['a']);
});
