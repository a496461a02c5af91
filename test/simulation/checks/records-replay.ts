import * as z from 'zod';
import { replayCorrelation } from '../../../functions/domain/rules/correlate/replay.ts';
import { bindDevice, type DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../functions/domain/rules/engine/replay.ts';
import type { Books } from '../city/book.ts';
import type { Told } from '../oracle/facts/alerts.ts';
import { jsonOf, parsed } from '../oracle/facts/items.ts';
import type { Check } from './check.ts';
import { registrationsIn } from './registrations.ts';

const Doc = z.object({ because: z.string().optional() });
const SensorHead = z.object({ rule: z.string(), ruleVersion: z.string(), sensor: z.string() });
const CorrelationHead = z.object({ kind: z.literal('correlation'), verdict: z.object({}) });

type RulesOf = (deviceId: string, ruleVersion: string) => DeviceRules | undefined;

/** Rules of a device by the book that has the version which decided; built-in rules are the same in each. */
function rulesBy(books: Books, registrations: ReturnType<typeof registrationsIn>): RulesOf {
  const bound = new Map<string, DeviceRules>();
  const versions = new Set(books.before.rules.map(({ version }) => version));
  return (deviceId, ruleVersion) => {
    const registration = registrations.get(deviceId);
    if (registration === undefined) return undefined;
    const isBefore = versions.has(ruleVersion);
    const key = `${isBefore} ${deviceId}`;
    const rules = bound.get(key) ?? bindDevice(isBefore ? books.before : books.live, registration);
    bound.set(key, rules);
    return rules;
  };
}

/** The record once more from where it started; undefined when it is none of an engine: a person, a link, the platform itself. */
function again(because: string, { subject }: Told, rulesOf: RulesOf): string | undefined {
  const record = parsed(because);
  if (CorrelationHead.safeParse(record).success) return replayCorrelation(because);
  const head = SensorHead.safeParse(record).data;
  if (head === undefined) return undefined;
  const rules = rulesOf(subject.id.split('/')[0] ?? '', head.ruleVersion);
  return rules && replay(because, rules);
}

/** Every decision record replays to the same bytes, under the rules that decided (semantics 25). */
export const recordsReplay: Check = {
  name: 'records-replay',
  check: ({ history, byId }, books) => {
    const rulesOf = rulesBy(books, registrationsIn(history));
    return [...byId.values()].flatMap((told) => {
      const { because } = Doc.parse(jsonOf(told.item, 'doc'));
      if (because === undefined) return [];
      const found = problemOf(() => again(because, told, rulesOf), because);
      return found === undefined
        ? []
        : [{ what: `the record of ${told.id} of ${told.matter.ruleId} ${found}`, at: told.writtenAt }];
    });
  },
};

function problemOf(replayed: () => string | undefined, because: string): string | undefined {
  try {
    const text = replayed();
    if (text === undefined || text === because) return undefined;
    return text === '' ? 'replays to no transition' : 'replays to other bytes';
  } catch (error) {
    return `cannot be replayed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
