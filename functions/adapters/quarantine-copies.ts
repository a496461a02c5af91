import { sha256 } from '../domain/ids.ts';
import { rfc3339 } from '../domain/time.ts';
import type { Refusal } from '../usecases/ports/quarantine.ts';

/** Longest text that says what was wrong, in characters; the rest is cut. */
export const detailCharsMax = 500;

/** Largest copy of a message's base64 data in characters: an SQS body of 1 MiB, once more in base64. */
export const quarantineDataCharsMax = 1_400_000;

/** One object of the quarantine, and which of the refusals it stands for. */
export interface QuarantineCopy {
  readonly key: string;
  readonly body: string;
  readonly positions: readonly number[];
}

/** The quarantine's objects for these refusals: one for each message and reason, whatever the order of its records. */
export function quarantineCopies(refusals: readonly Refusal[]): QuarantineCopy[] {
  const groups = new Map<string, number[]>();
  for (const [position, refusal] of refusals.entries()) {
    const key = quarantineKey(refusal);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [position]);
    else group.push(position);
  }
  return [...groups].map(([key, positions]) => ({
    key,
    body: bodyOf(positions.map((position) => refusals[position]).filter((one) => one !== undefined)),
    positions,
  }));
}

/** `<reason>/<yyyy-mm-dd>/<hash>.json`: the same refusal of the same delivery always has the same key. */
export function quarantineKey({ reason, message }: Refusal): string {
  const { principal, topic, data, id, receivedAt } = message;
  const day = rfc3339(receivedAt).slice(0, 10);
  return `${reason}/${day}/${sha256(principal, topic, Buffer.from(data, 'base64'), id)}.json`;
}

function bodyOf(refusals: readonly Refusal[]): string {
  const [first] = refusals;
  if (first === undefined) return '{}';
  const { reason, message } = first;
  const records = refusals
    .filter((one) => one.recordIndex !== undefined)
    .map(({ recordIndex, detail }) => ({ recordIndex, detail: detail.slice(0, detailCharsMax) }));
  return JSON.stringify({
    reason,
    detail: first.detail.slice(0, detailCharsMax),
    ...(records.length === 0 ? {} : { recordIndex: records[0]?.recordIndex, records }),
    topic: message.topic,
    clientId: message.clientId,
    principal: message.principal,
    receivedAt: message.receivedAt,
    id: message.id,
    ...cutData(message.data),
  });
}

/** Larger data than any queue can carry is cut, and says so. */
function cutData(data: string) {
  if (data.length <= quarantineDataCharsMax) return { data };
  return { data: data.slice(0, quarantineDataCharsMax), dataCharsBeforeCut: data.length };
}
