import { createRandom } from '../../../sensors-sim/random.ts';
import { readBooks } from '../city/book.ts';
import { type CityPlan, quickCity } from '../city/plan.ts';
import { type Registered, registerCity } from '../city/registered.ts';
import { slowCity } from '../city/slow/city.ts';
import { judge } from '../oracle/oracle.ts';
import { type FaultKind, faultNames } from './faults/kinds.ts';
import { drawFaults, without } from './faults/plan.ts';
import { runWorld } from './world.ts';

let registered: Registered;
beforeAll(async () => {
  registered = await registerCity();
}, 60_000);

test.each([1, 2, 3])('seed %i gives the same trace and the same tables each time', async (seed) => {
  const [one, other] = [await runWorld(registered, { seed }), await runWorld(registered, { seed })];
  expect(one.traceHash).toBe(other.traceHash);
  expect(one.history.tables).toEqual(other.history.tables);
});

test('listening to a world changes nothing in it', async () => {
  let notes = 0;
  const quiet = await runWorld(registered, { seed: 5 });
  const heard = await runWorld(registered, { seed: 5, listen: () => (notes += 1) });
  expect(heard.traceHash).toBe(quiet.traceHash);
  expect(notes).toBe(quiet.notes);
});

test('two seeds give two traces', async () => {
  const [one, other] = [await runWorld(registered, { seed: 6 }), await runWorld(registered, { seed: 7 })];
  expect(one.traceHash).not.toBe(other.traceHash);
});

test('alarms come and are told, people act, and the oracle finds nothing', async () => {
  const { history } = await runWorld(registered, { seed: 1 });
  expect(judge(history)).toEqual([]);
  expect(history.published.length).toBeGreaterThan(3);
  expect(history.received.length).toBeGreaterThanOrEqual(history.published.length);
});

test('about half of the kinds of faults are off in a seed, and one world in ten has none', () => {
  const plans = Array.from({ length: 500 }, (_, seed) =>
    drawFaults(createRandom(String(seed)).split('plan')),
  );
  const off = plans.map(({ rates }) => faultNames.filter((name) => rates[name] === 'none').length);
  const calm = off.filter((count) => count === faultNames.length).length;
  expect(calm / plans.length).toBeGreaterThan(0.06);
  expect(calm / plans.length).toBeLessThan(0.15);
  const faulty = off.filter((count) => count < faultNames.length);
  const mean = faulty.reduce((sum, count) => sum + count, 0) / faulty.length / faultNames.length;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
});

test.each<[string, CityPlan]>([
  ['quick', quickCity],
  ['slow', slowCity()],
])('the rules of the %s city say in YAML what they say to the oracle', async (_, city) => {
  const { live } = await readBooks(city.rulesFolder);
  const limitValues = (limits: (typeof live.rules)[number]['limits']) =>
    Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]));
  const said = live.rules.map((rule) => ({
    ruleId: String(rule.id),
    limits: limitValues(rule.limits),
    silentAfterMs: rule.silent?.afterMs,
    silentSeverity: rule.silent?.severity,
    severities: rule.severities.map(({ severity, forMs, clearForMs, times }) => ({
      severity,
      forMs,
      clearForMs,
      times: times && { count: times.count, withinMs: times.withinMs },
    })),
  }));
  const meant = city.rules.map(({ ruleId, limits, silentAfterMs, silentSeverity, severities }) => ({
    ruleId,
    limits,
    silentAfterMs,
    silentSeverity,
    severities: severities.map(({ severity, forMs, clearForMs, times }) => ({
      severity,
      forMs,
      clearForMs,
      times,
    })),
  }));
  const byId = (one: { ruleId: string }, other: { ruleId: string }) => (one.ruleId < other.ruleId ? -1 : 1);
  expect(said.toSorted(byId)).toEqual(meant.toSorted(byId));
  expect(live.correlations.map(({ id, severity }) => [String(id), severity])).toEqual(
    city.correlations.map(({ ruleId, severity }) => [ruleId, severity]),
  );
});

test('what happens to devices is counted as what happens to services is', async () => {
  const calm = without(drawFaults(createRandom('devices')), new Set(faultNames));
  const countedWith = async (kinds: readonly FaultKind[]) => {
    const rates = { ...calm.rates, ...Object.fromEntries(kinds.map((kind) => [kind, 'high'])) };
    const { injected } = await runWorld(registered, { seed: 30, plan: { rates } });
    return new Set([...injected.keys()].map((key) => key.split('|')[0]));
  };
  // While a network is down, nothing else can happen in it.
  for (const kinds of [
    ['host-skew', 'lost-puback', 'network-copy', 'network-order'],
    ['network-down'],
    ['city-down', 'bad-quality'],
  ] as const)
    expect(await countedWith(kinds)).toEqual(new Set(kinds));
});
