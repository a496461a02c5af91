/** What this room knows: what a rule means. This file: a correlation's state as the text that is stored. */
import * as z from 'zod';
import { Instant } from '../../time.ts';
import { canonicalJson } from '../engine/canonical-json.ts';
import { type CorrelationState, type Member, noErrands } from './state.ts';

/** First field of every stored state. Code reads this one and refuses to touch a newer one. */
export const correlationFormat = 1;

const Run = z.tuple([z.int(), z.int(), Instant, z.int()]);
const StoredMember = z.tuple([z.literal([0, 1]), z.string(), z.string(), z.array(Run), z.boolean()]);
const End = z.number();

/** The fields that a decision record has as well: all that verdicts rest on. */
export const storedShape = {
  kind: z.enum(['count', 'sequence', 'absence']),
  /** Slot, alert, subject, runs of versions (first, last, since, rank or -1), linked. */
  members: z.array(StoredMember),
  floor: Instant,
  doubts: z.array(Instant),
  episodes: z.array(z.tuple([End, End])),
  open: z
    .object({
      from: Instant,
      at: Instant,
      rank: z.int(),
      area: z.string(),
      isMuting: z.boolean(),
    })
    .optional(),
  heldUntil: Instant,
  place: z.object({ area: z.string(), enterpriseId: z.string(), siteId: z.string() }).optional(),
};
const Stored = z.object({
  format: z.literal(correlationFormat),
  ...storedShape,
  errands: z.object({ link: z.array(z.string()), release: z.array(z.string()) }),
});
const Head = z.object({ format: z.int() });
export const StoredState = z.object(storedShape);
export type StoredState = z.infer<typeof StoredState>;

const memberRow = ({ slot, alertId, subjectId, runs, isLinked }: Member) => [
  slot,
  alertId,
  subjectId,
  runs.map(({ first, last, at, rank }) => [first, last, at, rank]),
  isLinked,
];

/** The members as they are stored; its length is what their limit counts. */
export const memberText = (members: readonly Member[]): string => canonicalJson(members.map(memberRow));

/** Everything but the errands, as plain data. */
export const stateJson = ({ members, episodes, errands, ...rest }: CorrelationState) => ({
  ...rest,
  members: members.map(memberRow),
  episodes: episodes.map(({ from, to }) => [from, to]),
});

/** The same text for the same state. */
export const encodeCorrelation = (state: CorrelationState): string =>
  canonicalJson({ format: correlationFormat, ...stateJson(state), errands: state.errands });

/** `newer-format` when code that is newer than this one has written it: leave it alone and try again later. */
export type DecodedCorrelation =
  | { readonly ok: true; readonly state: CorrelationState }
  | { readonly ok: false; readonly problem: 'newer-format' };

/** @throws ZodError when a text of a known format is damaged: they are ours. */
export function decodeCorrelation(text: string): DecodedCorrelation {
  const json: unknown = JSON.parse(text);
  if (Head.parse(json).format > correlationFormat) return { ok: false, problem: 'newer-format' };
  const { errands, format, ...stored } = Stored.parse(json);
  return { ok: true, state: { ...stateOf(stored), errands } };
}

/** The state in what {@link stateJson} gave; without errands, which no verdict rests on. */
export const stateOf = ({ members, episodes, open, place, ...rest }: StoredState): CorrelationState => ({
  ...rest,
  members: members.map(([slot, alertId, subjectId, runs, isLinked]) => ({
    slot,
    alertId,
    subjectId,
    runs: runs.map(([first, last, at, rank]) => ({ first, last, at, rank })),
    isLinked,
  })),
  episodes: episodes.map(([from, to]) => ({ from, to })),
  open,
  place,
  errands: noErrands,
});
