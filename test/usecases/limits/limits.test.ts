import { DeviceId } from '../../../functions/domain/ids.ts';
import { Chemical } from '../../../functions/domain/inventory/chemical.ts';
import { instant } from '../../../functions/domain/time.ts';
import { changeSource } from '../../../functions/usecases/inventory/change-source.ts';
import { endOverride } from '../../../functions/usecases/limits/end-override.ts';
import { continueFanOut, settleFor } from '../../../functions/usecases/limits/fan-out.ts';
import { setMode } from '../../../functions/usecases/limits/set-mode.ts';
import { area, attemptOf, callerOf, openLimitsWorld, places } from '../../support/limits-world.ts';
import { methaneBook, methaneRule } from '../../support/methane-rule.ts';
import { start } from '../../support/world.ts';

type World = Awaited<ReturnType<typeof openLimitsWorld>>;
const dev = DeviceId.parse('dev-1');

const sweepAt = async (world: World, second: number) => {
  world.at(second);
  await world.watermark.update(() => ({
    firstDueAt: instant(start),
    until: instant(start + second * 1000),
    early: [],
  }));
  await world.sweep();
};
/** `restore` first: a value that raises and clears at once is refused (semantics 2). */
const tighten = async (world: World, value: number) => {
  for (const limit of ['restore', 'alarm'])
    expect(await world.set('enterprise', { limit, value })).toMatchObject({ ok: true });
};

describe('semantics 22: a tightening', () => {
  test('raises without a new reading, once sweep has come by, and says by whom', async () => {
    const world = await openLimitsWorld();
    await world.send(0, 0.85);
    world.at(3);
    await tighten(world, 0.8);
    expect(world.story()).toEqual([]);
    await sweepAt(world, 5);
    expect(world.story()).toEqual(['raised orange firing']);
    const record = JSON.parse(world.transitions[0]?.because ?? '');
    expect(record).toMatchObject({ trigger: 'limit-changed', now: start + 3_000 });
    expect(record.limits.alarm).toMatchObject({ origin: 'override', value: 0.8, by: 'issuer|enterprise' });
    await sweepAt(world, 10);
    expect(world.story()).toHaveLength(1);
  });

  test('that begins later is found at its instant', async () => {
    const world = await openLimitsWorld();
    await world.send(0, 0.85);
    world.at(1);
    const validFrom = new Date(start + 10_000).toISOString();
    await world.set('enterprise', { validFrom });
    await world.set('enterprise', { limit: 'alarm', validFrom });
    await sweepAt(world, 5);
    expect(world.state.twins.get(dev)?.dueAt).toBe(start + 10_001);
    await sweepAt(world, 11);
    expect(world.story()).toEqual(['raised orange firing']);
  });

  test('is an emergency too, for a rule that asks for the mode', async () => {
    const [orange] = methaneRule.severities;
    const isEmergency = {
      op: 'and',
      left: { op: 'eq', left: { op: 'input', name: 'mode' }, right: { op: 'literal', value: 'emergency' } },
      right: { op: 'ge', left: { op: 'input', name: 'value' }, right: { op: 'literal', value: 0.5 } },
    } as const;
    const severities = orange ? [{ ...orange, when: isEmergency }] : [];
    const world = await openLimitsWorld(['dev-1'], {
      book: { ...methaneBook, rules: [{ ...methaneRule, severities }] },
    });
    await world.send(0, 0.6);
    world.at(2);
    const wish = { area, mode: 'emergency', reason: 'flood', expected: undefined } as const;
    expect(await setMode(world.limits)(callerOf('regulator'), wish, attemptOf())).toMatchObject({ ok: true });
    await sweepAt(world, 5);
    expect(world.story()).toEqual(['raised orange firing']);
    expect(await setMode(world.limits)(callerOf('enterprise'), wish, attemptOf())).toMatchObject({
      problem: 'role-not-allowed',
    });
  });

  test('comes with the grade of the source, with the reason recorded', async () => {
    const limits = { ...methaneRule.limits, alarm: { ...methaneRule.limits['alarm'], byGrade: { 1: 0.8 } } };
    const rule = { ...methaneRule, limits: { ...methaneRule.limits, ...limits } } as typeof methaneRule;
    const world = await openLimitsWorld(['dev-1'], { book: { ...methaneBook, rules: [rule] } });
    await world.send(0, 0.85);
    world.at(2);
    const chemicals = [Chemical.parse({ name: '氯', designMaxT: '6250' })];
    const declared = { name: 'F', kind: 'coal-face', tags: [], chemicals, peopleNearby: 100 };
    const changed = await changeSource(world.limits)(callerOf('enterprise'), places.sourceId, declared, 1);
    expect(changed).toMatchObject({ ok: true, value: { grading: { level: 1 } } });
    await sweepAt(world, 5);
    expect(world.story()).toEqual(['raised orange firing']);
    expect(JSON.parse(world.transitions[0]?.because ?? '').limits.alarm).toMatchObject({
      origin: 'grade',
      grade: 1,
    });
    expect(world.own.records.get('dev-1')?.changedReason).toBe(
      'source face-1 was changed to version 2, grade 1',
    );
  });
});

describe('semantics 22: a loosening', () => {
  test('does not clear; the readings after it do', async () => {
    const world = await openLimitsWorld();
    await world.send(0, 1.2);
    world.at(2);
    const signature = { reason: 'checked on site' };
    for (const limit of ['alarm', 'restore'])
      expect(await world.set('regulator', { limit, value: 1.4, signature })).toMatchObject({
        ok: true,
        value: { signature: { by: 'issuer|regulator', at: start + 2_000, reason: 'checked on site' } },
      });
    await sweepAt(world, 20);
    expect(world.story()).toEqual(['raised orange firing']);
    await world.send(21, 1.2);
    await world.send(31, 1.2);
    expect(world.story()).toEqual(['raised orange firing', 'recovered orange recovered']);
  });

  test('is refused without a signature, and an enterprise cannot sign', async () => {
    const world = await openLimitsWorld();
    expect(await world.set('enterprise', { value: 1.4 })).toMatchObject({ problem: 'limit-loosened' });
    expect(await world.set('regulator', { value: 1.4 })).toMatchObject({ problem: 'limit-loosened' });
    const signature = { reason: 'please' };
    expect(await world.set('enterprise', { value: 1.4, signature })).toMatchObject({
      problem: 'signature-refused',
    });
    expect(world.own.overrides.size).toBe(0);
  });

  test('the end of a tightening is one: what a regulator has set only a regulator ends', async () => {
    const world = await openLimitsWorld();
    await world.send(0, 0.85);
    world.at(1);
    const own = await world.set('enterprise', {});
    const theirs = await world.set('regulator', { value: 0.7 });
    if (!own.ok || !theirs.ok) throw new Error('not set');
    const end = (as: 'enterprise' | 'regulator', overrideId: string) =>
      endOverride(world.limits)(
        callerOf(as),
        { overrideId, reason: 'over', expected: undefined },
        attemptOf(),
      );
    expect(await end('enterprise', theirs.value.overrideId)).toMatchObject({ problem: 'regulator-needed' });
    expect(await end('enterprise', own.value.overrideId)).toMatchObject({ ok: true });
    expect(await end('regulator', theirs.value.overrideId)).toMatchObject({
      ok: true,
      value: { validTo: start + 1_000 },
    });
    expect(await end('regulator', theirs.value.overrideId)).toMatchObject({ problem: 'override-ended' });
  });
});

describe('semantics 2: limits that contradict each other', () => {
  test('are refused when they are written, with the figures', async () => {
    const world = await openLimitsWorld();
    const refused = await world.set('enterprise', { limit: 'alarm', value: 0.8 });
    expect(refused).toMatchObject({ problem: 'zones-conflict', field: 'value' });
    expect(JSON.stringify(refused)).toContain('orange would raise and clear at the same value');
    await tighten(world, 0.8);
  });

  test('and when the end of one would leave them behind', async () => {
    const world = await openLimitsWorld();
    const restore = await world.set('enterprise', {});
    await world.set('enterprise', { limit: 'alarm', value: 0.8 });
    if (!restore.ok) throw new Error('not set');
    const wish = { overrideId: restore.value.overrideId, reason: 'over', expected: undefined };
    world.at(1);
    expect(await endOverride(world.limits)(callerOf('enterprise'), wish, attemptOf())).toMatchObject({
      problem: 'zones-conflict',
    });
  });
});

describe('fan-out', () => {
  const many = Array.from({ length: 230 }, (_, i) => `dev-${String(i).padStart(3, '0')}`);
  const limitsOf = (world: World) =>
    [...world.state.registrations.values()].map(({ overrides }) => overrides?.length ?? 0);

  test('reaches every device of an area, page by page, and writes none twice', async () => {
    const world = await openLimitsWorld(many);
    await world.set('regulator', { scope: { kind: 'area', area: '2201' } });
    expect(limitsOf(world)).toEqual(many.map(() => 1));
    const versions = [...world.state.registrations.values()].map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([2]));
    await sweepAt(world, 61);
    expect([...world.state.registrations.values()].map(({ version }) => version)).toEqual(versions);
    expect(world.state.fanOuts.get('area 2201')?.dueAt).toBeUndefined();
  });

  test('a request that ends half way is finished by sweep', async () => {
    const world = await openLimitsWorld(many);
    const { inventory } = world.limits;
    let reads = 0;
    const failing: typeof inventory = {
      ...inventory,
      get: (kind, id) => {
        if (kind === 'device') reads += 1;
        if (reads > 120) throw new Error('the function is gone');
        return inventory.get(kind, id);
      },
    };
    const limits = { ...world.limits, inventory: failing };
    await world.set('regulator', { scope: { kind: 'area', area: '22' } });
    const stored = world.state.fanOuts.get('area 22');
    if (stored === undefined) throw new Error('no fan-out');
    // As it stands right after the commit, before any device was told.
    world.state.fanOuts.set('area 22', {
      ...stored,
      fanOut: { ...stored.fanOut, pass: 1 },
      dueAt: instant(start),
    });
    for (const [id, registration] of world.state.registrations) {
      const { overrides: _, ...rest } = registration;
      world.state.registrations.set(id, rest);
    }
    await expect(continueFanOut(limits, 'area 22')).rejects.toThrow('the function is gone');
    expect(world.state.fanOuts.get('area 22')?.fanOut.after).toBe('dev-099');
    expect(limitsOf(world).filter((count) => count === 0).length).toBeGreaterThan(0);
    await sweepAt(world, 20);
    expect(limitsOf(world)).toEqual(many.map(() => 1));
  });

  test('a device that was being registered meanwhile gets it with the second pass', async () => {
    const world = await openLimitsWorld(['dev-1']);
    await world.set('enterprise', {});
    await world.register('dev-2');
    const late = DeviceId.parse('dev-2');
    expect(world.state.registrations.get(late)?.overrides).toBeUndefined();
    await sweepAt(world, settleFor / 1000 - 1);
    expect(world.state.registrations.get(late)?.overrides).toBeUndefined();
    await sweepAt(world, settleFor / 1000 + 1);
    expect(world.state.registrations.get(late)?.overrides).toHaveLength(1);
  });

  test('a change meanwhile begins it anew, and both are told', async () => {
    const world = await openLimitsWorld(many.slice(0, 3));
    await world.set('enterprise', {});
    await world.set('enterprise', { limit: 'alarm', value: 0.8 });
    expect(limitsOf(world)).toEqual([2, 2, 2]);
    expect(world.state.fanOuts.get('enterprise ent-1')).toMatchObject({ fanOut: { pass: 2 }, version: 4 });
  });
});
