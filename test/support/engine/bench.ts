import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { advance, judge } from '../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../functions/domain/rules/transition.ts';
import type { Quality, Reading, Value } from '../../../functions/domain/telemetry/reading.ts';
import { type Instant, instant } from '../../../functions/domain/time.ts';

/** Second 0 of every test. */
export const start = 1_700_000_000_000;

/** The instant `second` after the start; fractions are milliseconds. */
export const at = (second: number): Instant => instant(start + Math.round(second * 1000));

/** The seconds after the start at which `moment` lies. */
export const secondOf = (moment: number): number => (moment - start) / 1000;

export interface GivenReading {
  /** Phenomenon time in seconds. */
  readonly t: number;
  readonly v?: Value;
  readonly q?: Quality;
  readonly sensor?: string;
  readonly trusted?: boolean;
  /** Seconds; the phenomenon time unless told otherwise. */
  readonly life?: number;
}

export const readingOf = (given: GivenReading, receivedS: number, index = 0): Reading => ({
  sensorId: given.sensor ?? 'ch4',
  index,
  phenomenonAt: at(given.t),
  receivedAt: at(receivedS),
  lifeAt: at(given.life ?? given.t),
  value: given.v,
  quality: given.q ?? 'good',
  trusted: given.trusted ?? true,
});

/** A device under test that remembers its state and tells in one line a transition. */
export interface TestBench {
  /** A message received at `receivedS`, or at the newest reading's time; what it told. */
  send(readings: readonly GivenReading[], receivedS?: number): readonly string[];
  /** What time told until `nowS`; the watermark is there too unless told otherwise. */
  wait(nowS: number, watermarkS?: number | 'none'): readonly string[];
  /** All drafts so far. */
  readonly drafts: readonly TransitionDraft[];
  state(): RuleState;
  set(state: RuleState): void;
}

/** `raised orange firing @5`: change, severity, condition, phenomenon second, and the marks. */
export const told = (draft: TransitionDraft): string =>
  [
    ...(draft.ruleId.startsWith('data.') ? [draft.ruleId] : []),
    draft.change,
    draft.severity,
    ...(draft.condition === 'recovered' ? [] : [draft.condition]),
    `@${secondOf(draft.phenomenonAt)}`,
    ...draft.marks,
  ].join(' ');

export function benchOf(rules: DeviceRules, registeredS = 0): TestBench {
  let state = emptyRuleState(rules, at(registeredS));
  const drafts: TransitionDraft[] = [];
  const take = (judgement: ReturnType<typeof judge>): readonly string[] => {
    state = judgement.state;
    drafts.push(...judgement.transitions);
    return judgement.transitions.map(told);
  };
  return {
    drafts,
    state: () => state,
    set: (other) => {
      state = other;
    },
    send: (readings, receivedS = Math.max(...readings.map(({ t }) => t))) => {
      const receivedAt = at(receivedS);
      const message = {
        receivedAt,
        readings: readings.map((given, index) => readingOf(given, receivedS, index)),
      };
      return take(judge(rules, state, message, receivedAt));
    },
    wait: (nowS, watermarkS = nowS) =>
      take(advance(rules, state, at(nowS), watermarkS === 'none' ? undefined : at(watermarkS))),
  };
}

/** Sends one good reading a message. */
export const feed = (bench: TestBench, ...series: readonly (readonly [t: number, v: Value])[]): string[] =>
  series.flatMap(([t, v]) => bench.send([{ t, v }]));
