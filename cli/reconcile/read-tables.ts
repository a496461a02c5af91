/** Both tables read from end to end, consistent item by item. Scan is a person's right; no function has it. */
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { toAdapterError } from '../../functions/adapters/aws-errors.ts';
import { matterIn } from '../../functions/adapters/dynamo/alert-store.ts';
import { optionalNumber, text } from '../../functions/adapters/dynamo/attributes.ts';
import { storedTwin } from '../../functions/adapters/dynamo/twin-store.ts';
import { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import { AlertId, DeviceId } from '../../functions/domain/ids.ts';
import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { StoredMatter } from '../../functions/usecases/ports/alerts.ts';
import type { Pace } from '../pace.ts';
import { shownIn } from './lists.ts';
import type { KeptTransition, KeptTwin, ListEntry, Snapshot } from './snapshot.ts';

type Item = Record<string, AttributeValue>;

export interface Tables {
  readonly twins: string;
  readonly records: string;
}

export interface ReadParts {
  readonly dynamo: DynamoDBClient;
  /** Before each page of at most 1 MB. */
  readonly pace: Pace;
  readonly told?: ((items: number) => void) | undefined;
}

/** Every item of a table, a page at a time. @throws AdapterError */
export async function* scan(table: string, { dynamo, pace }: ReadParts): AsyncGenerator<readonly Item[]> {
  let from: Item | undefined;
  do {
    await pace();
    try {
      const page = await dynamo.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      yield page.Items ?? [];
      from = page.LastEvaluatedKey;
    } catch (error) {
      throw toAdapterError(`read ${table}`, error);
    }
  } while (from !== undefined);
}

/** Records first: what the twins say beyond it is newer, and the versions of a write find that out. @throws AdapterError */
export async function readTables(tables: Tables, parts: ReadParts): Promise<Snapshot> {
  const records = createRecords();
  let read = 0;
  for await (const items of scan(tables.records, parts)) {
    for (const item of items) records.take(item);
    read += items.length;
    parts.told?.(read);
  }
  const guards: StoredMatter[] = [];
  const twins = new Map<DeviceId, KeptTwin>();
  for await (const items of scan(tables.twins, parts)) {
    for (const item of items) takeTwin(item, guards, twins);
    read += items.length;
    parts.told?.(read);
  }
  return { ...records.all(), guards, twins };
}

function takeTwin(item: Item, guards: StoredMatter[], twins: Map<DeviceId, KeptTwin>): void {
  const id = text(item, 'id');
  const [kind, first = '', ...rest] = id.split('#');
  if (kind === 'OPEN') guards.push(matterIn(item, first, rest.join('#')));
  else if (kind === 'DEV') {
    const deviceId = DeviceId.parse(first);
    twins.set(deviceId, { deviceId, ...storedTwin(item) });
  }
}

function createRecords() {
  const alerts = new Map<AlertId, Alert>();
  const transitions = new Map<AlertId, KeptTransition[]>();
  const entries: ListEntry[] = [];
  const registrations = new Map<DeviceId, DeviceRegistration>();
  return {
    take(item: Item): void {
      const pk = text(item, 'pk');
      const sk = text(item, 'sk');
      if (pk.startsWith('ALERT#')) {
        const alertId = AlertId.parse(pk.slice('ALERT#'.length));
        const doc: unknown = JSON.parse(text(item, 'doc'));
        if (sk === 'ALERT') alerts.set(alertId, Alert.parse(doc));
        else if (sk.startsWith('T#'))
          transitions.set(alertId, [...(transitions.get(alertId) ?? []), keptTransition(item, doc)]);
      } else if (/^LIST#[AE]#.*#alerts$/.test(pk))
        entries.push({ list: pk, sort: sk, alertId: text(item, 'alertId'), shown: shownIn(item) });
      else if (pk.startsWith('DEV#') && sk === 'DEV') {
        const registration = DeviceRegistration.parse(JSON.parse(text(item, 'doc')));
        registrations.set(registration.deviceId, registration);
      }
    },
    all() {
      const ids = new Set([...alerts.keys(), ...transitions.keys()]);
      const histories = new Map(
        [...ids].map((alertId) => {
          const all = transitions.get(alertId) ?? [];
          const inOrder = all.toSorted((a, b) => a.transition.version - b.transition.version);
          return [alertId, { alert: alerts.get(alertId), transitions: inOrder }] as const;
        }),
      );
      return { histories, entries, registrations };
    },
  };
}

/** Without its reasons, which are most of its bytes. */
function keptTransition(item: Item, doc: unknown): KeptTransition {
  const { because: _because, ...transition } = Transition.parse(doc);
  return {
    transition,
    isDecided: item['decidedAt'] !== undefined,
    undecidedAt: item['undecidedShard'] === undefined ? undefined : optionalNumber(item, 'undecidedAt'),
  };
}
