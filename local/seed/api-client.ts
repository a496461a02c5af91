/** The platform's HTTP API as a person uses it. */
import * as z from 'zod';

/** RFC 9457 problem details, as far as a message needs them. */
const Problem = z.looseObject({ title: z.string().optional(), detail: z.string().optional() });

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiClient {
  readonly get: (path: string) => Promise<ApiAnswer>;
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<ApiAnswer>;
}

/** Longest wait for one answer, in milliseconds; a cold function needs a second or two. */
const answerMsMax = 30_000;

/** A client that signs every request with the token that `token` returns at that time; none: no header. */
export function apiClient(baseUrl: string, token: () => string | undefined): ApiClient {
  const send = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const bearer = token();
    const response = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(answerMsMax),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  };
  return {
    get: (path) => send('GET', path, {}),
    post: (path, body, headers = {}) =>
      send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
  };
}

/** A gateway's own refusals are not always JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What an answer says, in one line. */
export function answerText({ status, body }: ApiAnswer): string {
  const problem = Problem.safeParse(body);
  const told = problem.success ? [problem.data.title, problem.data.detail].filter(Boolean).join(': ') : '';
  return `${status} ${told === '' ? JSON.stringify(body).slice(0, 300) : told}`;
}

/** Creates what may be there already; any other answer is an error that names the object. */
export async function ensure(client: ApiClient, path: string, id: string, body: unknown): Promise<ApiAnswer> {
  const answer = await client.post(path, body, { 'idempotency-key': `seed-${id}` });
  if (answer.status === 201 || answer.status === 200 || answer.status === 409) return answer;
  throw new Error(`POST ${path} for ${id} was refused: ${answerText(answer)}`);
}
