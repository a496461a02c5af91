import { AreaCode, EnterpriseId } from '../../../functions/domain/ids.ts';
import { memberCountMax } from '../../../functions/domain/rules/correlate/state.ts';
import { errandCountMax } from '../../../functions/usecases/correlate/errands.ts';
import { correlatedWorld } from '../../support/correlated-world.ts';
import { correlationId, countRule, gas } from '../../support/correlations.ts';

const over = { change: 'recovered', condition: 'recovered' } as const;
const inhibit = countRule(2, { role: 'inhibit', severity: 'orange' });

describe('semantics 21: inhibition', () => {
  test('the member that makes the parent and those after it are muted, never in their state', async () => {
    const world = correlatedWorld([inhibit]);
    for (const name of ['a', 'b', 'c']) await world.raise(gas, 10, `dev-1/${name}`);
    await world.drain();
    expect(world.published()).toEqual(['dev-1/a first', 'site-1 first']);
    expect([...world.state.alerts.values()].map(({ condition }) => condition)).toEqual(
      Array(4).fill('firing'),
    );
    const muted = world.all.find(({ subject }) => subject.id === 'dev-1/b');
    if (muted === undefined) throw new Error('no transition');
    expect(await world.log.decision(muted)).toMatchObject({ outcome: 'suppressed', reason: 'inhibited' });
  });

  test('red is never inhibited, nor what is graver than the parent', async () => {
    const world = correlatedWorld([countRule(1, { role: 'inhibit', severity: 'yellow' })]);
    await world.raise(gas, 10, 'dev-1/a', 'orange');
    await world.raise(gas, 10, 'dev-1/b', 'yellow');
    const red = correlatedWorld([countRule(1, { role: 'inhibit', severity: 'red' })]);
    await red.raise(gas, 10, 'dev-1/r', 'red');
    for (const one of [world, red]) await one.drain();
    expect(world.published()).toEqual(['dev-1/a first', 'site-1 first']);
    expect(red.published()).toEqual(['dev-1/r first', 'site-1 first']);
  });

  test('an end is heard by whoever heard of the beginning', async () => {
    const world = correlatedWorld([inhibit]);
    const a = await world.raise(gas, 10, 'dev-1/a');
    await world.raise(gas, 10, 'dev-1/b');
    await world.happen(a, 20, over);
    await world.drain();
    expect(world.published()).toContain('dev-1/a recovered');
  });

  test('whoever would not hear of the parent hears of the child', async () => {
    const elsewhere = [
      { area: AreaCode.parse('220105001') },
      { enterpriseId: EnterpriseId.parse('ent-2') },
      { trade: 'gas' },
    ] as const;
    for (const where of elsewhere) {
      const world = correlatedWorld([inhibit]);
      for (const name of ['a', 'b']) await world.raise(gas, 10, `dev-1/${name}`);
      await world.drain();
      await world.raise(gas, 20, 'dev-1/c', 'orange', where);
      await world.drain();
      expect(world.published()).toContain('dev-1/c first');
    }
  });

  test('when the parent ends, children that stand notify at once, by a transition of their own, once', async () => {
    const world = correlatedWorld([inhibit]);
    await world.raise(gas, 10, 'dev-1/a');
    const b = await world.raise(gas, 10, 'dev-1/b');
    await world.drain();
    await world.happen(b, 20, over);
    await world.drain();
    await world.tick(100);
    await world.drain();
    await world.tick(105);
    await world.tick(110);
    await world.drain();
    expect(world.published()).toEqual([
      'dev-1/a first',
      'site-1 first',
      'dev-1/b recovered',
      'site-1 recovered',
      'dev-1/a inhibition-ended',
    ]);
    const release = world.all.find(({ change }) => change === 'inhibition-ended');
    expect(release).toMatchObject({ condition: 'firing', severity: 'orange', version: 2 });
  });

  test.each([[-1], [0], [1]])('%i beside what one commit holds, every child is released', async (beside) => {
    const count = errandCountMax + beside;
    const world = correlatedWorld([countRule(count + 1, { role: 'inhibit' })]);
    for (let index = 0; index < count; index += 1) await world.raise(gas, 10, `dev-${index}/ch4`);
    const last = await world.raise(gas, 10, 'dev-x/ch4');
    await world.happen(last, 20, over);
    await world.drain();
    await world.tick(100);
    expect(world.all.filter(({ change }) => change === 'inhibition-ended')).toHaveLength(count);
  });

  test('a crash between two commits releases the others later, and none twice', async () => {
    let isDown = false;
    let releases = 0;
    const world = correlatedWorld([countRule(13, { role: 'inhibit' })], {
      store: (inner) => ({
        ...inner,
        commit: async (commit) => {
          const isRelease = commit.alerts.some((one) => one.transitions[0]?.change === 'inhibition-ended');
          if (isRelease) {
            releases += 1;
            if (isDown && releases === 2) throw Object.assign(new Error('down'), { retryable: true });
          }
          return inner.commit(commit);
        },
      }),
    });
    for (let index = 0; index < 12; index += 1) await world.raise(gas, 10, `dev-${index}/ch4`);
    await world.happen(await world.raise(gas, 10, 'dev-x/ch4'), 20, over);
    await world.drain();
    isDown = true;
    await expect(world.tick(100)).rejects.toThrow('could not be swept');
    isDown = false;
    await world.tick(105);
    const released = world.all.filter(({ change }) => change === 'inhibition-ended');
    expect(new Set(released.map(({ alertId }) => alertId)).size).toBe(12);
    expect(released).toHaveLength(12);
  });

  test.each([
    ['alert', 0],
    ['inhibit', 3],
  ] as const)(
    'a crowd under a parent that is an %s: of three too many %i are released, none twice',
    async (role, count) => {
      const world = correlatedWorld([countRule(2, { role })]);
      for (let index = 0; index < memberCountMax + 3; index += 1)
        await world.raise(gas, 10 + index, `dev-${index}/ch4`);
      await world.drain();
      for (let seconds = 100; seconds < 130; seconds += 5) {
        await world.tick(seconds);
        await world.drain();
      }
      const released = world.all.filter(({ change }) => change === 'inhibition-ended');
      expect(released.map(({ subject }) => subject.id)).toEqual(
        ['dev-0/ch4', 'dev-1/ch4', 'dev-2/ch4'].slice(0, count),
      );
      expect(world.published().filter((one) => one.endsWith('inhibition-ended'))).toHaveLength(count);
    },
  );

  test('when the parent cannot be read the child is sent', async () => {
    let isDown = false;
    const world = correlatedWorld([inhibit], {
      store: (inner) => ({
        ...inner,
        matter: (...key) => {
          if (isDown) throw Object.assign(new Error('down'), { retryable: true });
          return inner.matter(...key);
        },
      }),
    });
    for (const name of ['a', 'b']) await world.raise(gas, 10, `dev-1/${name}`);
    await world.drain();
    isDown = true;
    await world.raise(gas, 20, 'dev-1/c');
    await expect(world.drain()).rejects.toThrow('down');
    expect(world.published()).toContain('dev-1/c first');
  });
});

describe('semantics 21: a root cause', () => {
  const rootCause = countRule(2, { role: 'root-cause', severity: 'blue' });

  test('its children point to it, each by a transition that nobody hears of', async () => {
    const world = correlatedWorld([rootCause]);
    for (const name of ['a', 'b']) await world.raise(gas, 10, `dev-1/${name}`, 'yellow');
    await world.drain();
    await world.tick(15);
    await world.drain();
    await world.tick(20);
    const [parent] = world.correlated();
    const children = [...world.state.alerts.values()].filter(({ matter }) => matter.ruleId !== correlationId);
    expect(children.map(({ cause, version }) => [cause, version])).toEqual([
      [parent?.alertId, 2],
      [parent?.alertId, 2],
    ]);
    expect(world.published()).toEqual(['dev-1/a first', 'site-1 first']);
    const links = world.all.filter(({ change }) => change === 'linked');
    expect(links.map(({ cause }) => cause)).toEqual([parent?.alertId, parent?.alertId]);
  });

  test('is as grave as the gravest child, which then is muted unless it is red', async () => {
    const world = correlatedWorld([rootCause]);
    const a = await world.raise(gas, 10, 'dev-1/a', 'yellow');
    await world.raise(gas, 10, 'dev-1/b', 'yellow');
    await world.drain();
    await world.happen(a, 20, { change: 'severity-up', severity: 'orange' });
    await world.drain();
    await world.happen(a, 30, { change: 'severity-up', severity: 'red' });
    await world.drain();
    expect(world.correlated()[0]?.severity).toBe('red');
    expect(world.published()).toEqual([
      'dev-1/a first',
      'site-1 first',
      'site-1 severity-up',
      'dev-1/a severity-up',
      'site-1 severity-up',
    ]);
  });
});
