import { createRandom } from '../../../sensors-sim/random.ts';
import { type Registered, registerCity } from '../city/registered.ts';
import type { History } from '../history.ts';
import { viewOf } from '../oracle/facts/view.ts';
import { breakTransition, type Doc, transitionsOf, withoutAlert } from '../oracle/support/broken.ts';
import { faultNames } from '../world/faults/kinds.ts';
import { drawFaults, without } from '../world/faults/plan.ts';
import { runWorld } from '../world/world.ts';
import { checkView, isLongChecked } from './checks.ts';

/** Worlds in which sensors, a correlation and the data themselves raise alerts. */
const seeds = [0, 10, 30, 50];
let registered: Registered;
const histories: History[] = [];

beforeAll(async () => {
  registered = await registerCity();
  // First a calm one, in which all comes in order.
  const plan = without(drawFaults(createRandom('calm')), new Set(faultNames));
  histories.push((await runWorld(registered, { seed: 30, plan, isWhole: true })).history);
  for (const seed of seeds) histories.push((await runWorld(registered, { seed, isWhole: true })).history);
}, 60_000);

/** What the checks find in the first history that `breakIt` breaks. */
function foundIn(breakIt: (history: History) => History | undefined): readonly string[] {
  const broken = histories.map(breakIt).find((history) => history !== undefined);
  if (broken === undefined) throw new Error('no history could be broken so');
  return checkView(viewOf(broken), registered.books, true).map(({ law, what }) => `${law}: ${what}`);
}

const withRecord = (doc: Doc, edit: (because: string) => string): Doc | undefined => {
  const because = doc['because'];
  if (typeof because !== 'string') return undefined;
  const edited = edit(because);
  return edited === because ? undefined : { ...doc, because: edited };
};

test('nothing is found against true histories, and one world in twenty is asked for long', () => {
  for (const history of histories) expect(checkView(viewOf(history), registered.books, true)).toEqual([]);
  expect([20, 40, 30].map(isLongChecked)).toEqual([true, true, false]);
});

test.each([
  ['gas.sim.level', /"severity":"orange"/g, '"severity":"yellow"', 'replays to other bytes'],
  ['gas.sim.level', /"trigger":"reading"/, '"trigger":"deadline"', 'replays to other bytes'],
  ['gas.sim.many', /"now":(\d)/, '"now":2', 'replays to'],
  ['gas.sim.level', /"before":/, '"befor":', 'cannot be replayed'],
])('a record of %s in which %s became %s is found', (ruleId, pattern, other, said) => {
  const found = foundIn((history) =>
    breakTransition(history, (doc) =>
      doc.matter.ruleId === ruleId && doc.change === 'raised'
        ? withRecord(doc, (because) => because.replace(pattern, other))
        : undefined,
    ),
  );
  expect(found.join('\n')).toMatch(new RegExp(`records-replay: .*${said}`));
});

test('an alert that the archive raises and nobody stored is found', () => {
  const found = foundIn((history) => {
    const raised = transitionsOf(history).find(
      ({ matter, change, condition }) =>
        matter.ruleId === 'gas.sim.level' && change === 'raised' && condition === 'firing',
    );
    return raised && withoutAlert(history, ({ alertId }) => alertId === raised.alertId);
  });
  expect(found.join('\n')).toContain('archive-replays: the archive raises');
});

test('a message that is done and that its twin does not know is found', () => {
  const found = foundIn((history) => {
    const had = history.accepted.find(({ sender, doneAt }) => sender === 'device' && doneAt !== undefined);
    if (had === undefined) return undefined;
    const text = new TextDecoder().decode(had.bytes).replace(/"seq":\d+/, '"seq":4711');
    return { ...history, accepted: [{ ...had, bytes: new TextEncoder().encode(text) }] };
  });
  expect(found.join('\n')).toMatch(/messages-remembered: message .*\/4711\) is done/);
});
