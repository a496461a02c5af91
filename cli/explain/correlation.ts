/** Why a correlation said what it said: its members with their times, and what the pattern asks of them. */
import * as z from 'zod';
import type { Rule, RuleBook } from '../../functions/domain/rules/book.ts';
import { StoredState, stateOf } from '../../functions/domain/rules/correlate/codec.ts';
import { type MemberSpan, spansOf } from '../../functions/domain/rules/correlate/members.ts';
import { replayCorrelation } from '../../functions/domain/rules/correlate/replay.ts';
import type { Span } from '../../functions/domain/rules/correlate/state.ts';
import { timeText } from '../backtest/table.ts';
import type { BookMatch, Explanation } from './explanation.ts';
import type { FoundText } from './record.ts';
import type { Branch, Voice } from './tree.ts';
import { durationWord } from './words.ts';

const CorrelationRecord = z.looseObject({
  kind: z.literal('correlation'),
  rule: z.string(),
  ruleVersion: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  trigger: z.union([z.literal('watermark'), z.object({ alertId: z.string(), version: z.int() })]),
  pattern: z.object({
    kind: z.enum(['count', 'sequence', 'absence']),
    count: z.int(),
    withinMs: z.number(),
    clearForMs: z.number(),
    role: z.string(),
  }),
  now: z.number(),
  watermark: z.number().optional(),
  before: StoredState,
  verdict: z.object({
    change: z.string(),
    severity: z.string(),
    phenomenonAt: z.number(),
    at: z.number(),
    marks: z.array(z.string()),
  }),
});
type CorrelationRecord = z.infer<typeof CorrelationRecord>;

/** What a parent wrote on its child: that it is the root cause, or that it mutes it no longer. */
const Errand = z.strictObject({ kind: z.literal('correlation'), parent: z.string().optional() });

/** A member as far as it counted. */
export interface MemberExplained extends MemberSpan {
  /** It counted at the instant of the verdict. */
  readonly isCounted: boolean;
}

export interface CorrelationExplained {
  readonly record: CorrelationRecord;
  readonly version: number | undefined;
  readonly versions: readonly number[];
  readonly title: Rule['title'] | undefined;
  readonly book: BookMatch;
  readonly bookVersion: string | undefined;
  readonly members: readonly MemberExplained[];
  /** What it had said before: episodes that ended, and the one that stood. */
  readonly episodes: readonly Span[];
  readonly openSince: number | undefined;
  readonly replay: Extract<Explanation['replay'], 'same' | 'differs'>;
}

/** The alert to which `json` points its alert, if that is all it says. */
export const parentIn = (json: unknown): string | undefined => {
  const errand = Errand.safeParse(json);
  return errand.success ? errand.data.parent : undefined;
};

/** `undefined` when it is no record of a correlation. */
export function explainCorrelation(found: FoundText, book: RuleBook): CorrelationExplained | undefined {
  const read = CorrelationRecord.safeParse(found.json);
  if (!read.success) return undefined;
  const record = read.data;
  const rule = book.correlations.find(({ id }) => id === record.rule);
  const state = stateOf(record.before);
  const { phenomenonAt } = record.verdict;
  return {
    record,
    version: found.version,
    versions: found.versions,
    title: rule?.title,
    book:
      rule === undefined ? 'unknown-rule' : rule.version === record.ruleVersion ? 'same' : 'other-version',
    bookVersion: rule?.version,
    members: state.members
      .flatMap((member) => spansOf(member, record.pattern.withinMs))
      .map((span) => ({ ...span, isCounted: span.from <= phenomenonAt && phenomenonAt <= span.to }))
      .sort((a, b) => a.from - b.from),
    episodes: state.episodes,
    openSince: state.open?.from,
    replay: replayCorrelation(found.text) === found.text ? 'same' : 'differs',
  };
}

const leaf = (text: string): Branch => ({ text, of: [] });

function patternText({ pattern }: CorrelationRecord, { say }: Voice): string {
  const { kind, count, withinMs, clearForMs, role } = pattern;
  const what = kind === 'count' ? `${say('pattern-count')} ${count}` : say(`pattern-${kind}`);
  const clear = clearForMs > 0 ? `, clearFor ${durationWord(clearForMs)}` : '';
  return `${what}, within ${durationWord(withinMs)}${clear}, role ${role}`;
}

function memberBranch(member: MemberExplained, kind: string, { say, zone }: Voice): Branch {
  const { alertId, subjectId, slot, from, to, isCounted } = member;
  const place = kind === 'count' ? '' : `${say(`slot-${kind}-${slot}`)}: `;
  const until = Number.isFinite(to) ? `${say('to')} ${timeText(to, zone)}` : say('standing');
  return leaf(
    `${isCounted ? '✓' : '✗'} ${place}${subjectId}   ${say('counts')} ${timeText(from, zone)} ${until}   (${alertId})`,
  );
}

function causeText({ trigger, watermark }: CorrelationRecord, { say, zone }: Voice): string {
  if (trigger !== 'watermark') return `${say('an-alert')} ${trigger.alertId} #${trigger.version}`;
  return `${say('watermark')}${watermark === undefined ? '' : ` ${timeText(watermark, zone)}`}`;
}

/** The whole tree. */
export function correlationTree(explained: CorrelationExplained, voice: Voice): Branch {
  const { record, title, members, episodes, openSince, book, bookVersion, version, versions } = explained;
  const { say, zone, language } = voice;
  const { verdict, subject, pattern } = record;
  const number = version === undefined ? '' : `#${version} `;
  const of = title === undefined ? '' : `: ${title[language]}`;
  const others = versions.filter((one) => one !== version);
  const before = [
    ...episodes.map(({ from, to }) => leaf(`${timeText(from, zone)} ${say('to')} ${timeText(to, zone)}`)),
    ...(openSince === undefined ? [] : [leaf(`${timeText(openSince, zone)} ${say('standing')}`)]),
  ];
  return {
    text: `${number}${say(verdict.change)} ${verdict.severity}${of}   ${record.rule} / ${subject.kind} ${subject.id}`,
    of: [
      leaf(
        `${say('at')} ${timeText(verdict.phenomenonAt, zone)} ${zone.name}, ${say('decided')} ${timeText(verdict.at, zone)}`,
      ),
      leaf(`${say('because')} ${causeText(record, voice)}`),
      {
        text: patternText(record, voice),
        of: members.map((member) => memberBranch(member, pattern.kind, voice)),
      },
      ...(before.length === 0 ? [] : [{ text: say('said-before'), of: before }]),
      {
        text: say('notes'),
        of: [
          ...verdict.marks.map((mark) => leaf(say(mark))),
          leaf(`${say(book)}${book === 'other-version' ? ` (${record.ruleVersion} → ${bookVersion})` : ''}`),
          leaf(say(`replay-${explained.replay}`)),
          ...(others.length === 0 ? [] : [leaf(`${say('others')}: --transition ${others.join(', ')}`)]),
        ],
      },
    ],
  };
}
