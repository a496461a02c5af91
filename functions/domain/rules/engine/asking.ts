/** What this room knows: what a rule means. This file: a condition asked in passing, with nothing noted. */
import type { Reading, Value } from '../../telemetry/reading.ts';
import type { Around } from '../around.ts';
import type { Verdict, WindowFunction } from '../expression.ts';
import type { Frame } from '../frame.ts';
import { figureAt } from '../windows/figure.ts';
import { newRing, type Ring, scaledIfKnown } from '../windows/ring.ts';
import { reachesAt } from '../windows/slope.ts';
import type { Condition } from './bind.ts';

/** Most figures that are remembered while one reading is judged; more are found again. */
const rememberedMax = 8;

const empty = newRing();

/**
 * The one frame of all conditions on a sensor alone, filled in for one reading and used up before the next.
 *
 * Nine in ten answers cause nothing. To give each its own frame, closures and notes takes ten times as long as the answer;
 * who needs them asks again through `Surroundings`.
 */
class Asking implements Frame, Around {
  value: Value | undefined = undefined;
  quality = 'good';
  phenomenonAt = 0;
  around: Around | undefined = undefined;
  #condition: Condition | undefined = undefined;
  #rings: readonly Ring[] = [];
  #count = 0;
  readonly #windows: number[] = [];
  readonly #functions: WindowFunction[] = [];
  readonly #figures: (number | undefined)[] = [];

  ask(condition: Condition, rings: readonly Ring[], { value, quality, phenomenonAt }: Reading): this {
    this.value = value;
    this.quality = quality;
    this.phenomenonAt = phenomenonAt;
    this.around = condition.windows.length === 0 ? undefined : this;
    this.#condition = condition;
    this.#rings = rings;
    this.#count = 0;
    return this;
  }

  figure(window: number, fn: WindowFunction): number | undefined {
    for (let i = 0; i < this.#count; i++)
      if (this.#windows[i] === window && this.#functions[i] === fn) return this.#figures[i];
    const asked = this.#condition?.windows[window];
    if (asked === undefined) return undefined;
    const ring = this.#rings[asked.index] ?? empty;
    const figure = figureAt(asked.shape, ring, fn, this.phenomenonAt, asked.countMin, this.#spoken(window));
    if (this.#count < rememberedMax) {
      const at = this.#count++;
      this.#windows[at] = window;
      this.#functions[at] = fn;
      this.#figures[at] = figure;
    }
    return figure;
  }

  /** Lists of sensors are asked elsewhere. */
  figureOf(): undefined {
    return undefined;
  }

  reaches(window: number, limit: number, withinMs: number): Verdict {
    const asked = this.#condition?.windows[window];
    if (asked === undefined) return undefined;
    const ring = this.#rings[asked.index] ?? empty;
    const spoken = this.#spoken(window);
    return reachesAt(asked.shape, ring, limit, withinMs, this.phenomenonAt, asked.countMin, spoken);
  }

  role(): undefined {
    return undefined;
  }

  peers(): readonly never[] {
    return [];
  }

  #spoken(window: number): number | undefined {
    const asked = this.#condition?.windows[window];
    return asked === undefined ? undefined : scaledIfKnown(asked.shape, this.value);
  }
}

/** Marked as free of effects: a function that takes no readings leaves it out of its bundle. */
const asking = /* @__PURE__ */ new Asking();

/**
 * What a condition on a sensor alone looks at when it is asked about a good reading; `rings` of the sensor.
 *
 * Good until the next call.
 */
export const frameAsking = (condition: Condition, rings: readonly Ring[], reading: Reading): Frame =>
  asking.ask(condition, rings, reading);
