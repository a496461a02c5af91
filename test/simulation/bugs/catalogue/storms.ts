import type { SeededBug } from '../bug.ts';

const file = 'functions/domain/rules/correlate/bounds.ts';
const isOfStorms = true;

/** A correlation that knows of more alerts than it keeps: only storms have one. */
export const stormBugs: readonly SeededBug[] = [
  {
    name: 'full-waits-for-room',
    story:
      'a full correlation waits for room for what has ended before all that it has forgotten, at each try again',
    file,
    isOfStorms,
    find: 'if (first <= kept.floor) kept = withoutPast(kept, terms);',
    replace: "if (first <= kept.floor) throw Object.assign(new Error('no room'), { retryable: true });",
  },
  {
    name: 'full-takes-no-more',
    story: 'a full correlation leaves out who comes last, and does not remember that somebody was left out',
    file,
    isOfStorms,
    find: '  while (isTooBig(kept)) {',
    replace: `  const since = ({ runs }: Member): number => runs[0]?.at ?? 0;
  if (isTooBig(kept)) {
    const first = kept.members.toSorted((a, b) => since(a) - since(b)).slice(0, memberCountMax);
    return { ...kept, members: kept.members.filter((member) => first.includes(member)) };
  }
  while (isTooBig(kept)) {`,
  },
  {
    name: 'full-forgets-who-stands',
    story: 'what began before what is forgotten is forgotten with it, though it stands',
    file,
    isOfStorms,
    find: 'if (endOf(member, withinMs) <= floor) return [];',
    replace: 'if (endOf(member, withinMs) <= floor || (member.runs[0]?.at ?? 0) <= floor) return [];',
  },
  {
    name: 'crowd-is-not-held',
    story: 'an alarm of which some who stand were forgotten is cleared when those who are left have gone',
    file,
    isOfStorms,
    find: 'heldUntil: later(state.heldUntil, at + crowdedForMs),',
    replace: 'heldUntil: later(state.heldUntil, at),',
  },
  {
    name: 'forgotten-holds-for-a-day',
    story: 'what has ended and is forgotten holds the alarm as long as what stands',
    file,
    isOfStorms,
    find: 'state.open === undefined ? 0 : floor + terms.clearForMs',
    replace: 'state.open === undefined ? 0 : floor + crowdedForMs',
  },
  {
    name: 'crowd-releases-the-unmuted',
    story: 'who is forgotten while it stands is told to be muted no longer, whether or not anything muted it',
    file,
    isOfStorms,
    find: 'const isMuted = state.open?.isMuting === true && isChildSlot(state.kind, oldest.slot);',
    replace: 'const isMuted = isChildSlot(state.kind, oldest.slot);',
  },
];
