import { NewSite, newSite } from '../../../functions/domain/inventory/enterprise.ts';
import {
  changedSource,
  contextOf,
  NewSource,
  newSource,
  type Source,
  SourceChange,
} from '../../../functions/domain/inventory/source.ts';
import { instant } from '../../../functions/domain/time.ts';

const actor = { by: 'iss|lin', at: instant(1_000) };
const site = newSite(NewSite.parse({ siteId: 's', enterpriseId: 'e', name: 'S', area: '22' }), actor);

function sourceOf(...chemicals: readonly object[]): Source {
  const declared = { sourceId: 'x', siteId: 's', name: 'X', kind: 'tank', trade: 'chemical' };
  const sourced = newSource(NewSource.parse({ ...declared, chemicals, peopleNearby: 1 }), site, actor);
  if (!sourced.ok) throw new Error(sourced.problem);
  return sourced.source;
}

test('a change that leaves open how grave a source is is refused', () => {
  const declared = { name: 'X', kind: 'tank', chemicals: [{ name: 'something', designMaxT: '1' }] };
  expect(changedSource(sourceOf(), SourceChange.parse(declared), actor)).toMatchObject({
    ok: false,
    problem: 'class-missing',
  });
});

test('the substances of a source are the CAS numbers of its chemicals, each once and sorted', () => {
  const ammonia = { cas: '7664-41-7', designMaxT: '1' };
  const chlorine = { cas: '7782-50-5', designMaxT: '1' };
  expect(contextOf(sourceOf(chlorine, ammonia, chlorine)).substances).toEqual(['7664-41-7', '7782-50-5']);
});

test('a source whose chemicals have no CAS number has no known substance', () => {
  expect(contextOf(sourceOf({ name: '氨', designMaxT: '1' }))).not.toHaveProperty('substances');
});
