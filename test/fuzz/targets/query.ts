import assert from 'node:assert/strict';
import { matchRoute } from '../../../functions/handlers/api/match.ts';
import { ApiEvent, pathOf, queryMax, readQuery } from '../../../functions/handlers/api/request.ts';
import { routes } from '../../../functions/handlers/api/route-table.ts';
import { refusedInput } from '../../../functions/handlers/problem.ts';
import type { FuzzTarget } from '../target.ts';

/** A path and its query: read once, every value a text, judged by the schema of each list. */
export const target: FuzzTarget = {
  bytesMax: 3_000,
  shortInputs: 12_000,
  words: [
    '/v1/alerts?',
    '/v1/devices/',
    'limit=',
    'cursor=',
    '&',
    '%E6%B0%94',
    '%00',
    'closed=false',
    'area=2201',
    '+',
  ],
  run: (input) => {
    const [rawPath = '', ...rest] = input.toString('utf8').split('?');
    const event = ApiEvent.parse({
      rawPath,
      rawQueryString: rest.join('?'),
      headers: {},
      requestContext: { requestId: 'r', stage: 'prod', http: { method: 'GET' } },
    });
    const matched = matchRoute(routes, 'GET', pathOf(event));
    if (matched.ok) matched.route.schemas.params.safeParse(matched.params);
    const query = readQuery(event);
    if (!query.ok) return;
    assert(event.rawQueryString.length <= queryMax);
    for (const [name, value] of Object.entries(query.value)) {
      assert.equal(typeof value, 'string');
      assert.equal(new URLSearchParams(event.rawQueryString).getAll(name).length, 1);
    }
    const { schemas } = matched.ok ? matched.route : (routes[0] ?? assert.fail('there are routes'));
    const asked = schemas.query.safeParse(query.value);
    if (!asked.success) assert((refusedInput(asked.error).errors?.length ?? 0) > 0);
  },
};
