/** The laws that a long history is held to while it goes by, since it cannot keep all that they ask for. */
import type { Accepted, CanarySeen, Change, City, History, WatermarkStep } from '../../history.ts';
import { createArchiveBook } from '../facts/archive-book.ts';
import { viewOf } from '../facts/view.ts';
import { instantOf, watermarkSteps } from '../facts/watermark.ts';
import type { Law, Violation } from '../law.ts';
import { archiveComplete } from '../laws/archive-complete.ts';
import { canarySent } from '../laws/canary-sent.ts';
import { logsClean } from '../laws/logs-clean.ts';
import { recordsAddUp } from '../laws/records-add-up.ts';
import { nothingHappened } from '../nothing.ts';
import { foundBy, laws } from '../oracle.ts';
import { createTickJudge, type TicksSoFar } from './ticks.ts';
import { createWriteJudge, isAskedAtEnd, lawsOfWrites } from './writes.ts';

/** What happened since the stretch before; its end is `at`. */
export interface Stretch extends Pick<History, 'accepted' | 'changes' | 'archive' | 'logs' | 'crashes'> {
  readonly at: number;
  /** Nothing comes after it. */
  readonly isLast: boolean;
  /** Messages that a queue let go of for good, whenever they came. */
  readonly done: readonly Accepted[];
  /** Canaries, of this stretch or of one before, whose way is over: the history lets go of them. */
  readonly gone: readonly Accepted[];
  /** Growth of the product's metrics, by name. */
  readonly metrics: History['metrics'];
  /** Ticks that their queue took and that were not judged before, which lose those that need not be asked for again. */
  readonly ticks: TicksSoFar;
}

export interface Along {
  /** Judges a stretch and keeps of it what the laws ask for at the end. */
  take(stretch: Stretch): void;
  /** What does not hold: of all that was taken, and of the history that is left. */
  judge(history: History): Violation[];
}

/** A message is in the archive after so long, whatever failed: no trouble lasts half of it. */
const archivedWithinMs = 6 * 3_600_000;
/** A message, and its line with it, may come again for so long. */
const repeatedWithinMs = 24 * 3_600_000;

const lawsAlong = new Set<Law>([...lawsOfWrites, archiveComplete, canarySent, logsClean, recordsAddUp]);
const lawsAtEnd = laws.filter((law) => !lawsAlong.has(law));

export function createAlong(city: City, personal: readonly string[]): Along {
  const found: Violation[] = [];
  const canaries: CanarySeen[] = [];
  const watermark: WatermarkStep[] = [];
  const kept: Change[] = [];
  const archive = createArchiveBook();
  const judgeWrites = createWriteJudge(city);
  const ticks = createTickJudge(city);

  const judgeArchive = ({ accepted, archive: lines, at, isLast }: Stretch): void => {
    for (const message of accepted) archive.accept(message);
    for (const line of lines) archive.line(line);
    const due = archive.due(isLast ? Number.POSITIVE_INFINITY : at - archivedWithinMs);
    found.push(...due.map((finding) => ({ law: archiveComplete.name, ...finding })));
    archive.forget(at - repeatedWithinMs);
  };
  /** Logs by themselves; counts against what was done within the stretch, if nothing crashed in it. */
  const judgeCounts = ({ at, done, logs, metrics, crashes }: Stretch): void => {
    const phases = { ...nothingHappened.phases, end: at };
    const view = viewOf({
      ...nothingHappened,
      city,
      phases,
      accepted: done,
      personal,
      logs,
      metrics,
      crashes,
    });
    found.push(...foundBy([logsClean, recordsAddUp], view));
  };

  return {
    take(stretch) {
      const { at, accepted, gone, changes, isLast } = stretch;
      judgeArchive(stretch);
      judgeCounts(stretch);
      found.push(...judgeWrites(changes));
      for (const change of changes) if (isAskedAtEnd(change)) kept.push({ ...change, before: undefined });
      for (const step of watermarkSteps(changes)) watermark.push(step);
      for (const { receivedAt, takenAt = receivedAt, doneAt = at, bytes } of gone) {
        const instant = instantOf(bytes);
        if (instant !== undefined) canaries.push({ instant, receivedAt, taken: takenAt, done: doneAt });
      }
      ticks.see(accepted);
      found.push(...ticks.judge(stretch.ticks, at, isLast));
    },
    judge(history) {
      const view = viewOf({
        ...history,
        changes: kept,
        archive: [],
        logs: [],
        bygone: { canaries, watermark },
      });
      return [...found, ...foundBy(lawsAtEnd, view)];
    },
  };
}
