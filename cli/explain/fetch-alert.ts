/** An alert with its transitions, from where it is kept. */
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { dynamoAlertStore } from '../../functions/adapters/dynamo/alert-store.ts';
import { AlertId } from '../../functions/domain/ids.ts';
import type { AlertStore } from '../../functions/usecases/ports/alerts.ts';
import { Refused } from '../backtest/refused.ts';
import { openRecords } from '../records-table.ts';

export interface FetchWish {
  /** Address of the HTTP API; absent: the table. */
  readonly api?: string | undefined;
  readonly token?: string | undefined;
  readonly table?: string | undefined;
}

const idOf = (text: string): AlertId => {
  const id = AlertId.safeParse(text);
  if (id.success) return id.data;
  throw new Refused(`${text}: is no file and no id of an alert`);
};

/** The alert's transitions out of `store`, as `findRecord` reads them. @throws AdapterError, Refused when there is none */
export async function alertFrom(store: Pick<AlertStore, 'transitions'>, text: string): Promise<unknown> {
  const transitions = await store.transitions(idOf(text));
  const [first] = transitions;
  if (first === undefined) throw new Refused(`there is no alert ${text}`);
  return { subject: first.subject, transitions };
}

async function fromApi(api: string, token: string | undefined, text: string): Promise<unknown> {
  if (token === undefined) throw new Refused('--api needs --token <jwt> of somebody who may read the alert');
  const url = `${api.replace(/\/(v1\/?)?$/, '')}/v1/alerts/${encodeURIComponent(idOf(text))}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Refused(
        `${url} cannot be reached: ${cause}; a local platform needs NODE_EXTRA_CA_CERTS=.local/ca.pem`,
      );
    },
  );
  if (answer.ok) return answer.json();
  const said = answer.status === 401 ? 'the token is not valid' : await answer.text();
  throw new Refused(`${url} answers ${answer.status}: ${said}`);
}

/** The alert `text` with its transitions. @throws Refused naming what helps */
export async function fetchAlert(text: string, wish: FetchWish): Promise<unknown> {
  if (wish.api !== undefined) return fromApi(wish.api, wish.token, text);
  idOf(text);
  const opened = await openRecords(wish.table);
  if (opened === undefined)
    throw new Refused(
      `${text}: is no file, and no city runs here to ask for an alert of this id. Remedy: npm start, --table <Records table>, or --api <url> --token <jwt>`,
    );
  const { client, table } = opened;
  try {
    return await alertFrom(dynamoAlertStore(client, { twins: '-', records: table }), text);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    throw new Refused(`${error.message}. Remedy: check --table ${table}, the region and the AWS credentials`);
  } finally {
    client.destroy();
  }
}
