import type { AlertId, AreaCode, DeviceId, EnterpriseId } from '../../domain/ids.ts';
import { sha256 } from '../../domain/ids.ts';

/** Width of a transition's number in its key: sorts as text as long as an alert has fewer transitions. */
const numberWidth = 8;

/**
 * Number of partitions of the index of deadlines: each takes 1,000 writes a second, and every tick asks all of them. Part of what
 * is stored: with another number, what was written before is not found.
 */
export const dueShardCount = 16;

/** Number of partitions of the index of transitions without a decision. */
export const undecidedShardCount = 8;

export const dueIndex = 'due';
export const undecidedIndex = 'undecided';

export const deviceKey = (deviceId: DeviceId): string => `DEV#${deviceId}`;
export const matterKey = (ruleId: string, subjectId: string): string => `OPEN#${ruleId}#${subjectId}`;
export const fanOutKey = (id: string): string => `FAN#${id}`;
export const alertKey = (alertId: AlertId): string => `ALERT#${alertId}`;
export const transitionKey = (version: number): string => `T#${String(version).padStart(numberWidth, '0')}`;

export const areaList = (area: AreaCode | '-', kind: string): string => `LIST#A#${area}#${kind}`;
export const enterpriseList = (enterpriseId: EnterpriseId | '-', kind: string): string =>
  `LIST#E#${enterpriseId}#${kind}`;

const shardOf = (id: string, count: number): number => Number.parseInt(sha256(id).slice(0, 8), 16) % count;

export const dueShard = (number: number): string => `due#${number}`;
export const dueShardOf = (itemId: string): string => dueShard(shardOf(itemId, dueShardCount));

export const undecidedShard = (number: number): string => `undecided#${number}`;
export const undecidedShardOf = (alertId: AlertId): string =>
  undecidedShard(shardOf(alertId, undecidedShardCount));
