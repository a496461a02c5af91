/** Lines of an archive in order of the receive times of their messages, as far as they wait together. */

/** Objects of the stream overlap by what it buffers, 5 min, and a little. Milliseconds. */
export const reorderMs: number = 6 * 60_000;
/** Most lines that wait. */
export const waitingMax = 400_000;

/** Lines between two looks at what may go on, at least; and as a share of those that wait, because each look touches them all. */
const lookEvery = 10_000;
const lookShare = 0.5;
/** A place in a text is its number times this, and the position in it. */
const placesPerText = 2 ** 30;

/** Where a line stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Order {
  /** Names a text out of which lines are added. */
  text(file: string, text: string): number;
  /** The line at `position` of the text `id`. */
  add(id: number, position: number, line: number, at: number): void;
  /** Some of what came after the newest line is missing. */
  hole(): void;
  end(): void;
  readonly newest: number;
}

export interface OrderParts {
  open(text: string, place: Place): void;
  hole(at: number): void;
}

/** The texts out of which lines wait, by number; forgotten when none waits any more. */
function createTexts() {
  const texts = new Map<number, { readonly file: string; readonly text: string }>();
  let named = 0;
  return {
    name(file: string, text: string): number {
      named++;
      texts.set(named, { file, text });
      return named;
    },
    lineAt(place: number): { readonly file: string; readonly text: string } {
      const id = Math.floor(place / placesPerText);
      const { file = '', text = '' } = texts.get(id) ?? {};
      const from = place - id * placesPerText;
      return { file, text: text.slice(from, text.indexOf('\n', from)) };
    },
    keep(places: readonly number[]): void {
      const used = new Set(places.map((place) => Math.floor(place / placesPerText)));
      for (const id of texts.keys()) if (!used.has(id) && id !== named) texts.delete(id);
    },
  };
}

/** Sorted by `keys`, stable: positions of the entries. */
const sortedBy = (keys: readonly number[]): number[] =>
  keys.map((_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));

/**
 * What waits is numbers beside the texts that are there anyway: a million small objects that live for some seconds would
 * cost more than all that is done with them.
 */
export function createOrder({ open, hole }: OrderParts): Order {
  const texts = createTexts();
  let ats: number[] = [];
  let places: number[] = [];
  let lines: number[] = [];
  let holes: number[] = [];
  let isSorted = true;
  let newest = 0;
  let lookAt = lookEvery;
  const sort = (): void => {
    if (isSorted) return;
    const order = sortedBy(ats);
    const pick = (of: readonly number[]): number[] => order.map((i) => of[i] ?? 0);
    [ats, places, lines] = [pick(ats), pick(places), pick(lines)];
    isSorted = true;
  };
  const openAt = (i: number): void => {
    const { file, text } = texts.lineAt(places[i] ?? 0);
    open(text, { file, line: lines[i] ?? 0 });
  };
  const release = (until: number): void => {
    sort();
    let count = 0;
    for (; count < ats.length && (ats[count] ?? 0) <= until; count++) {
      while (holes.length > 0 && (holes[0] ?? 0) < (ats[count] ?? 0)) hole(holes.shift() ?? 0);
      openAt(count);
    }
    [ats, places, lines] = [ats.slice(count), places.slice(count), lines.slice(count)];
    texts.keep(places);
  };

  return {
    text: texts.name,
    add(id, position, line, at) {
      if (at < newest) isSorted = false;
      else newest = at;
      ats.push(at);
      places.push(id * placesPerText + position);
      lines.push(line);
      if (ats.length < lookAt) return;
      release(newest - reorderMs);
      if (ats.length > waitingMax) release(ats[waitingMax / 2] ?? newest);
      lookAt = Math.min(waitingMax + 1, ats.length + Math.max(lookEvery, ats.length * lookShare));
    },
    hole: () => {
      holes = [...holes, newest];
    },
    end: () => release(Number.POSITIVE_INFINITY),
    get newest() {
      return newest;
    },
  };
}
