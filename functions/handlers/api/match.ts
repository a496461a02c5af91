import type { Route } from './route.ts';

export type Matched =
  | { readonly ok: true; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | {
      readonly ok: false;
      readonly problem: 'no-such-route' | 'method-not-allowed';
      readonly allow: readonly string[];
    };

/** What stands in a template's place, by name; undefined when the path is another. */
function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: [string, string][] = [];
  for (const [at, segment] of wanted.entries()) {
    const found = given[at] ?? '';
    if (segment.startsWith('{')) params.push([segment.slice(1, -1), found]);
    else if (segment !== found) return undefined;
  }
  return Object.fromEntries(params);
}

/**
 * The route of a request, by exact comparison of segments.
 *
 * Nothing is decoded, folded or trimmed: a path that is not spelt like a route is no route, so no other spelling
 * can reach one past its authorization. `HEAD` and method-override headers are not known either.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Matched {
  const allow: string[] = [];
  for (const route of routes) {
    const params = paramsOf(route.path, path);
    if (params === undefined) continue;
    if (route.method === method) return { ok: true, route, params };
    allow.push(route.method);
  }
  return { ok: false, problem: allow.length === 0 ? 'no-such-route' : 'method-not-allowed', allow };
}
