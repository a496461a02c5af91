/** Rules against the sensors that are registered: one that watches nothing protects nobody. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { selects } from '../../functions/domain/rules/engine/selects.ts';
import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { errorCode } from '../error-code.ts';
import { shownPath } from './list-folder.ts';
import type { Problem } from './problem.ts';
import { readText } from './read-text.ts';
import type { RuleInFolder } from './rule-folder.ts';
import { readYaml } from './yaml-document.ts';

export type InventoryResult =
  | { readonly ok: true; readonly devices: readonly DeviceRegistration[] }
  | { readonly ok: false; readonly message: string };

/** Most faults of an inventory that are told at once. */
const faultsMax = 10;

function devicesIn(file: string, text: string): InventoryResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      message: `${file}: is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    };
  }
  const devices = z.array(DeviceRegistration).safeParse(json);
  if (devices.success) return { ok: true, devices: devices.data };
  const faults = devices.error.issues.map(
    ({ path, message }) => `${file}: ${path.join('.') || '-'}: ${message}`,
  );
  const more = faults.length > faultsMax ? [`${file}: and ${faults.length - faultsMax} more`] : [];
  return { ok: false, message: [...faults.slice(0, faultsMax), ...more].join('\n') };
}

/** The registrations in `file`, a JSON array of them. @throws never */
export async function readInventory(file: string): Promise<InventoryResult> {
  try {
    return devicesIn(file, await readFile(file, 'utf8'));
  } catch (error) {
    const code = errorCode(error);
    return { ok: false, message: `${file}: cannot be read (${code})` };
  }
}

const watches = (rule: Rule, devices: readonly DeviceRegistration[]): boolean =>
  devices.some(
    ({ status, sensors, sources }) =>
      status === 'active' &&
      sensors.some((sensor) =>
        selects(
          rule.select,
          sensor,
          sources.find(({ sourceId }) => sourceId === sensor.sourceId),
        ),
      ),
  );

/** A warning for each rule that selects no sensor of an active device. */
export function unmatched(
  root: string,
  rules: readonly RuleInFolder[],
  devices: readonly DeviceRegistration[],
): Problem[] {
  const found: Problem[] = [];
  for (const { file, rule } of rules) {
    if (watches(rule, devices)) continue;
    const shown = shownPath(root, file);
    const text = readText(join(root, file), shown);
    if (!text.ok) continue;
    const problem = readYaml(shown, text.text).problemAt(
      ['select'],
      'matches no registered sensor',
      'register one, correct select, or retire the rule',
    );
    found.push({ ...problem, level: 'warning' });
  }
  return found;
}
