import { RuleId } from '../../../functions/domain/ids.ts';
import { replayCorrelation } from '../../../functions/domain/rules/correlate/replay.ts';
import type { CorrelationRule } from '../../../functions/domain/rules/correlation-rule.ts';
import { correlateTriesMax } from '../../../functions/usecases/correlate/deps.ts';
import type { AlertStore } from '../../../functions/usecases/ports/alerts.ts';
import { correlatedWorld } from '../../support/correlated-world.ts';
import { absenceRule, any, correlationId, countRule, cut, gas } from '../../support/correlations.ts';

const over = { change: 'recovered', condition: 'recovered' } as const;

describe('semantics 20: a correlation over stores', () => {
  test('two of many at one site become an alert of the site, with its decision record', async () => {
    const world = correlatedWorld([countRule(2)]);
    await world.raise(gas, 10, 'dev-1/ch4');
    await world.raise(gas, 20, 'dev-2/ch4', 'orange', { deviceId: 'dev-2' });
    await world.drain();
    const [alert] = world.correlated();
    expect(alert).toMatchObject({
      severity: 'red',
      condition: 'firing',
      subject: { kind: 'site', id: 'site-1' },
      scope: {
        siteId: 'site-1',
        sourceId: '-',
        deviceId: '-',
        area: '220104',
        enterpriseId: 'ent-1',
        trade: 'coal-mine',
      },
      matter: { advice: { en: 'Withdraw people from site-1, 2 alerts, 2 are too many' } },
    });
    const because = world.all.find(({ matter }) => matter.ruleId === correlationId)?.because ?? '';
    expect(JSON.parse(because)).toMatchObject({
      kind: 'correlation',
      rule: correlationId,
      pattern: { count: 2 },
    });
    expect(replayCorrelation(because)).toBe(because);
    expect(world.published()).toEqual(['dev-1/ch4 first', 'dev-2/ch4 first', 'site-1 first']);
  });

  test('members of another site, source, device or group do not meet', async () => {
    const subjects: readonly [Partial<CorrelationRule>, object, object][] = [
      [{ subject: 'site' }, { siteId: 'site-1' }, { siteId: 'site-2' }],
      [{ subject: 'source' }, { sourceId: 'face-1' }, { sourceId: 'face-2' }],
      [{ subject: 'device' }, { deviceId: 'dev-1' }, { deviceId: 'dev-2' }],
      [{ subject: 'group', groupTagPrefix: 'zone-' }, { tags: ['zone-a'] }, { tags: ['zone-b', 'other-a'] }],
      [
        { subject: 'group', groupTagPrefix: 'zone-' },
        { tags: ['zone-a'] },
        { tags: ['zone-a'], siteId: 'site-2' },
      ],
      [{ subject: 'source' }, { sourceId: '-' }, { sourceId: '-' }],
    ];
    for (const [given, here, there] of subjects) {
      const world = correlatedWorld([countRule(2, given)]);
      await world.raise(gas, 10, 'dev-1/a', 'orange', here);
      await world.raise(gas, 10, 'dev-1/b', 'orange', there);
      await world.drain();
      expect(world.correlated()).toEqual([]);
    }
  });

  test('a sensor in two groups meets others in both; the alert of a group carries its tag', async () => {
    const world = correlatedWorld([countRule(2, { subject: 'group', groupTagPrefix: 'zone-' })]);
    await world.raise(gas, 10, 'dev-1/a', 'orange', { tags: ['zone-a', 'zone-b'] });
    await world.raise(gas, 10, 'dev-1/b', 'orange', { tags: ['zone-a'] });
    await world.raise(gas, 10, 'dev-1/c', 'orange', { tags: ['zone-b'] });
    await world.drain();
    expect(world.correlated().map(({ subject, scope }) => [subject.id, scope.tags])).toEqual([
      ['site-1/zone-a', ['zone-a']],
      ['site-1/zone-b', ['zone-b']],
    ]);
  });

  test('an exercise meets nothing', async () => {
    const world = correlatedWorld([countRule(1)]);
    await world.raise(gas, 10, 'dev-1/a');
    for (const transition of world.stream) await world.correlate({ ...transition, drill: true });
    expect(world.correlated()).toEqual([]);
  });

  test('delivered again it changes nothing and writes nothing', async () => {
    let commits = 0;
    const store = (inner: AlertStore): AlertStore => ({
      ...inner,
      commit: (commit) => {
        commits += 1;
        return inner.commit(commit);
      },
    });
    const world = correlatedWorld([countRule(2)], { store });
    await world.raise(gas, 10, 'dev-1/a');
    await world.raise(gas, 20, 'dev-1/b');
    const members = [...world.stream];
    for (const one of [...members, ...members.toReversed()]) await world.correlate(one);
    expect(world.correlated()).toHaveLength(1);
    expect(commits).toBe(2);
  });

  test('a rule that no correlation names costs no call', async () => {
    const refuse = () => {
      throw new Error('called');
    };
    const world = correlatedWorld([countRule(2)], {
      store: (inner) => ({ ...inner, matter: refuse, commit: refuse }),
    });
    await world.raise(RuleId.parse('gas.other.rule'), 10, 'dev-1/a');
    await world.drain();
    expect(world.published()).toEqual(['dev-1/a first']);
  });

  test('it recovers when the watermark has passed, and happens again on the same open alert', async () => {
    const world = correlatedWorld([countRule(2)]);
    const a = await world.raise(gas, 10, 'dev-1/a');
    const b = await world.raise(gas, 20, 'dev-1/b');
    await world.happen(b, 30, over);
    await world.drain();
    await world.tick(110, 100);
    expect(world.correlated()[0]?.condition).toBe('firing');
    await world.tick(115, 105);
    expect(world.correlated()[0]?.condition).toBe('recovered');
    await world.happen(b, 200, { change: 'occurrence', condition: 'firing' });
    await world.drain();
    expect(world.correlated()).toHaveLength(1);
    expect(world.correlated()[0]).toMatchObject({ condition: 'firing', occurrences: 2 });
    await world.happen(a, 300, over);
    await world.happen(b, 300, over);
    await world.drain();
    await world.tick(400);
    expect(world.correlated()[0]?.condition).toBe('recovered');
    expect([...world.state.matters.values()].map(({ dueAt }) => dueAt)).toEqual([undefined]);
  });

  test('an absence waits in the index of deadlines for the watermark, without a write while it waits', async () => {
    const world = correlatedWorld([absenceRule()]);
    await world.raise(gas, 10, 'dev-1/a');
    await world.drain();
    const guard = () => [...world.state.matters.values()][0];
    expect(guard()).toMatchObject({ dueAt: world.at(70.001), version: 1, alertId: undefined });
    await world.tick(75, 70);
    expect(guard()?.version).toBe(1);
    expect(world.correlated()).toEqual([]);
    await world.tick(80, 75);
    expect(world.correlated()[0]).toMatchObject({ condition: 'firing', raisedAt: world.at(70) });
  });

  test('while our own telemetry is late an absence is looked at less often', async () => {
    const world = correlatedWorld([absenceRule()]);
    await world.raise(gas, 10, 'dev-1/a');
    await world.drain();
    await world.tick(120, 60);
    expect([...world.state.matters.values()][0]?.dueAt).toBe(world.at(130));
    expect(world.correlated()).toEqual([]);
  });

  test('an episode of a correlation is a member of another', async () => {
    const upper = RuleId.parse('coal-mine.methane.both');
    const rules = [
      countRule(2),
      countRule(1, { id: upper, pattern: { kind: 'count', of: any(correlationId), count: 1 } }),
    ];
    const world = correlatedWorld(rules);
    await world.raise(gas, 10, 'dev-1/a');
    await world.raise(gas, 20, 'dev-1/b');
    await world.drain();
    expect(world.correlated().map(({ matter }) => matter.ruleId)).toEqual([correlationId, upper]);
  });

  test('B that is on its way in the stream before the watermark passes keeps the absence quiet', async () => {
    const world = correlatedWorld([absenceRule()]);
    await world.raise(gas, 10, 'dev-1/a');
    await world.raise(cut, 60, 'dev-1/power');
    await world.drain();
    await world.tick(200);
    expect(world.correlated()).toEqual([]);
  });
});

describe('semantics 20: under concurrency', () => {
  test('of many members at once at most one alert is open, whatever the order', async () => {
    const world = correlatedWorld([countRule(2)]);
    for (let index = 0; index < 20; index += 1) await world.raise(gas, index + 1, `dev-${index}/ch4`);
    await Promise.all(world.stream.splice(0).map((one) => world.notify(one)));
    await world.drain();
    expect(world.correlated()).toHaveLength(1);
    expect(world.published()).toHaveLength(21);
  });

  test.each([
    [correlateTriesMax - 1, true],
    [correlateTriesMax, false],
  ])('%i races lost: is it taken in at once? %s', async (lost, isTaken) => {
    let losses = 0;
    const store = (inner: AlertStore): AlertStore => ({
      ...inner,
      commit: async (commit) => {
        if (commit.matter === undefined || losses >= lost) return inner.commit(commit);
        losses += 1;
        return 'conflict';
      },
    });
    const world = correlatedWorld([countRule(1)], { store });
    await world.raise(gas, 10, 'dev-1/a');
    const [transition] = world.stream;
    if (transition === undefined) throw new Error('no transition');
    if (isTaken) expect(await world.notify(transition)).toBe('sent');
    else await expect(world.notify(transition)).rejects.toThrow('lost every race');
    expect(world.correlated()).toHaveLength(isTaken ? 1 : 0);
    // The member itself is heard either way, once; the next try finishes.
    await world.notify(transition);
    expect(world.correlated()).toHaveLength(1);
    expect(world.published().filter((one) => one.startsWith('dev-1'))).toEqual(['dev-1/a first']);
  });
});
