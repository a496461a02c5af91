import { graphFor, graphOf } from './support/graph.ts';
import { roleStatements } from './support/policies.ts';
import { build, templatesOf } from './support/synth.ts';
import { withoutGrant } from './support/without-grant.ts';

const actionsOf = (graph: ReturnType<typeof graphOf>, prefix: string): readonly string[] =>
  [...roleStatements(graph)]
    .filter(([id]) => id.startsWith(`${prefix}Role`))
    .flatMap(([, statements]) => statements.flatMap(({ Action }) => Action))
    .sort();

test('the app of the negative deployment lacks just the one grant', () => {
  const whole = graphFor({ stage: 'local' });
  const built = build({ stage: 'local' });
  withoutGrant(built, 'Ingest', 'dynamodb:UpdateItem');
  const lacking = graphOf(templatesOf(built));
  const before = actionsOf(whole, 'Ingest');
  expect(before).toContain('dynamodb:UpdateItem');
  expect(actionsOf(lacking, 'Ingest')).toEqual(before.filter((action) => action !== 'dynamodb:UpdateItem'));
  expect(actionsOf(lacking, 'Sweep')).toEqual(actionsOf(whole, 'Sweep'));
});

test('taking away what was never granted is refused', () => {
  const built = build({ stage: 'local' });
  withoutGrant(built, 'Notify', 'dynamodb:Scan');
  expect(() => graphOf(templatesOf(built))).toThrow(/never granted/);
});
