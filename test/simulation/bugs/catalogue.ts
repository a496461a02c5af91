import type { SeededBug } from './bug.ts';
import { absenceBugs } from './catalogue/absence.ts';
import { answerBugs } from './catalogue/answers.ts';
import { commitBugs } from './catalogue/commits.ts';
import { keepingBugs } from './catalogue/keeping.ts';
import { noticeBugs } from './catalogue/notices.ts';
import { peopleBugs } from './catalogue/people.ts';
import { stormBugs } from './catalogue/storms.ts';
import { telemetryBugs } from './catalogue/telemetry.ts';
import { verdictBugs } from './catalogue/verdicts.ts';

/** Every bug that the simulation must find. */
export const catalogue: readonly SeededBug[] = [
  ...answerBugs,
  ...keepingBugs,
  ...commitBugs,
  ...telemetryBugs,
  ...verdictBugs,
  ...absenceBugs,
  ...noticeBugs,
  ...peopleBugs,
  ...stormBugs,
];

/** @throws Error when there is none of this name */
export function bugNamed(name: string): SeededBug {
  const bug = catalogue.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no bug ${name}`);
  return bug;
}
