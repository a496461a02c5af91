/** A decision record as far as it can be understood: what is new in it is kept, not refused. */
import * as z from 'zod';
import { Refused } from '../backtest/refused.ts';

const Value = z.union([z.number(), z.boolean(), z.string()]).optional();

const RecordReading = z.looseObject({
  sensorId: z.string().optional(),
  phenomenonAt: z.number(),
  receivedAt: z.number().optional(),
  value: Value,
  quality: z.string().default('good'),
  trusted: z.boolean().default(true),
});

const RecordLimit = z.looseObject({
  value: z.number().optional(),
  origin: z.unknown().optional(),
  /** Of an override: what it is for, and who set it. */
  scope: z.string().optional(),
  by: z.string().optional(),
  standard: z.string().optional(),
  clause: z.string().optional(),
  verified: z.boolean().optional(),
});
export type RecordLimit = z.infer<typeof RecordLimit>;

const RecordMachine = z.looseObject({
  phase: z.number().default(0),
  since: z.number().optional(),
  deadlineAt: z.number().optional(),
  clearSince: z.number().optional(),
  isHeld: z.boolean().optional(),
  gaps: z.array(z.number()).optional(),
});
export type RecordMachine = z.infer<typeof RecordMachine>;

const RecordCell = z.looseObject({ machines: z.array(RecordMachine).default([]) });

/** The parts of a record that are put in words; all else is shown as it is. */
export const DecisionRecord = z.looseObject({
  rule: z.string(),
  ruleVersion: z.string().default('-'),
  sensor: z.string(),
  change: z.string(),
  condition: z.string(),
  severity: z.string(),
  trigger: z.string(),
  marks: z.array(z.string()).default([]),
  phenomenonAt: z.number(),
  now: z.number(),
  input: z.looseObject({
    kind: z.string(),
    isLate: z.boolean().optional(),
    readings: z.array(RecordReading).default([]),
    event: z.string().optional(),
    value: Value,
    quality: z.string().optional(),
    causes: z.array(z.unknown()).optional(),
  }),
  verdicts: z
    .array(
      z.looseObject({ severity: z.string().optional(), when: z.boolean().nullable(), clears: z.boolean() }),
    )
    .default([]),
  unknowns: z
    .array(
      z.looseObject({
        severity: z.string().optional(),
        inputs: z.array(z.looseObject({ input: z.string(), cause: z.string() })),
      }),
    )
    .default([]),
  limits: z.record(z.string(), RecordLimit).default({}),
  constants: z.record(z.string(), Value).optional(),
  timing: z
    .looseObject({
      severities: z.array(z.looseObject({ dampedClearForMs: z.number().optional() })).default([]),
    })
    .optional(),
  before: RecordCell.optional(),
  after: RecordCell.optional(),
  dropped: z.array(z.string()).default([]),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

/** A record of whatever kind, and which transition it belongs to, if that is known. */
export interface FoundText {
  /** The record without regard to what is understood. */
  readonly json: unknown;
  /** As it was stored, or, of a record that came as JSON, written out again. */
  readonly text: string;
  readonly deviceId: string | undefined;
  readonly version: number | undefined;
  readonly versions: readonly number[];
}

/** What is explained. */
export interface Found extends FoundText {
  readonly record: DecisionRecord;
}

const Carrier = z.looseObject({
  because: z.union([z.string(), z.looseObject({})]).optional(),
  version: z.number().optional(),
  subject: z.looseObject({ id: z.string() }).optional(),
  transitions: z.array(z.unknown()).optional(),
  data: z.unknown().optional(),
});

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused(`${what}: is no JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}

/** The record of a rule on a sensor. @throws Refused when it is none */
export function readRecord(found: FoundText, what: string): Found {
  const record = DecisionRecord.safeParse(found.json);
  if (record.success) return { ...found, record: record.data };
  const [issue] = record.error.issues;
  throw new Refused(
    `${what}: is no decision record: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'cannot be read'}`,
  );
}

const deviceOf = (id: string | undefined): string | undefined =>
  id?.includes('/') === true ? id.slice(0, id.indexOf('/')) : undefined;

interface Numbered {
  readonly version: number | undefined;
  readonly because: string | object;
}

/** The transition that was asked for, else the newest that has a record. */
function choose(
  transitions: readonly unknown[],
  wanted: number | undefined,
  what: string,
): Numbered & { versions: number[] } {
  const recorded = transitions.flatMap((one): Numbered[] => {
    const read = Carrier.safeParse(one);
    return read.success && read.data.because !== undefined
      ? [{ version: read.data.version, because: read.data.because }]
      : [];
  });
  const versions = recorded.flatMap(({ version }) => version ?? []);
  const found = wanted === undefined ? recorded.at(-1) : recorded.find(({ version }) => version === wanted);
  if (found !== undefined) return { ...found, versions };
  const has =
    versions.length === 0 ? 'none has a decision record' : `those with a record are ${versions.join(', ')}`;
  throw new Refused(`${what}: no transition ${wanted ?? ''}; ${has}`.replace('  ', ' '));
}

/**
 * The record in `json`: a record itself, a transition, an alert with its transitions, or a notification about one.
 *
 * @param what names the place in refusals
 * @throws Refused when there is none
 */
export function findRecord(json: unknown, wanted: number | undefined, what: string): FoundText {
  const carrier = Carrier.safeParse(json);
  if (!carrier.success) throw new Refused(`${what}: is no decision record, transition or alert`);
  const { because, transitions, version, subject, data } = carrier.data;
  const deviceId = deviceOf(subject?.id);
  const open = (of: string | object): Pick<FoundText, 'json' | 'text'> => {
    const text = typeof of === 'string' ? of : JSON.stringify(of);
    return { json: typeof of === 'string' ? parsed(of, what) : of, text };
  };
  if (transitions !== undefined) {
    const chosen = choose(transitions, wanted, what);
    return { ...open(chosen.because), deviceId, version: chosen.version, versions: chosen.versions };
  }
  if (because !== undefined) return { ...open(because), deviceId, version, versions: [] };
  if (data !== undefined && !('rule' in carrier.data)) return findRecord(data, wanted, what);
  return { ...open(carrier.data), deviceId, version: undefined, versions: [] };
}
