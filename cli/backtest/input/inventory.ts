/** Registrations of the devices in a history, as the inventory exports them. */
import { readFile } from 'node:fs/promises';
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { Refused } from '../refused.ts';
import { type Troubles, troubleAt } from './troubles.ts';

const lineOf = (text: string, offset: number): number =>
  text.slice(0, Math.max(0, offset)).split('\n').length;

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'no JSON';
    const offset = /position (\d+)/.exec(message)?.[1];
    const place = offset === undefined ? file : `${file}:${lineOf(text, Number(offset))}`;
    throw new Refused(`${place}: is no JSON (${message}). An inventory is an array of registrations`);
  }
}

/** Where the entry at `index` begins, as well as its id tells. */
function lineOfEntry(text: string, entry: unknown): number {
  if (typeof entry !== 'object' || entry === null || !('deviceId' in entry)) return 1;
  const { deviceId } = entry;
  if (typeof deviceId !== 'string') return 1;
  const escaped = deviceId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const at = new RegExp(`"deviceId"\\s*:\\s*"${escaped}"`).exec(text);
  return at === null ? 1 : lineOf(text, at.index);
}

/**
 * The registrations in `file`, an array as the inventory exports it; an entry that is none is told and left out.
 *
 * @throws Refused when the file cannot be read or is no array
 */
export async function readInventory(
  file: string,
  troubles: Troubles,
): Promise<readonly DeviceRegistration[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new Refused(`--inventory ${file}: cannot be read`);
  }
  const entries = parsed(file, text);
  if (!Array.isArray(entries)) throw new Refused(`${file}: an inventory is an array of registrations`);
  const found = new Map<string, DeviceRegistration>();
  entries.forEach((entry: unknown, index) => {
    const read = DeviceRegistration.safeParse(entry);
    const line = lineOfEntry(text, entry);
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        const field = [index, ...path].map(String).join('.');
        troubles.add('registration', troubleAt(file, line, message, 'export the inventory again', { field }));
      }
      return;
    }
    const { deviceId, version } = read.data;
    const known = found.get(deviceId);
    // An export may hold the history of a device; the newest version is the one that stands.
    if (known === undefined || known.version < version) found.set(deviceId, read.data);
  });
  if (found.size === 0) throw new Refused(`${file}: holds no registration that can be read`);
  return [...found.values()];
}
