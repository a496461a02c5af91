/** A mistake that a programmer could make in the product, as a change of one place in one of its files. */
export interface SeededBug {
  readonly name: string;
  /** One line: what the programmer did wrong. */
  readonly story: string;
  /** From the project's folder. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Only a world with a storm can show it, so only those are asked. @default false */
  readonly isOfStorms?: boolean;
}

/** The text of a file with the bug in it. @throws Error when its place is not there, or not the only one */
export function withBug(text: string, { name, file, find, replace }: SeededBug): string {
  const places = text.split(find).length - 1;
  if (places !== 1)
    throw new Error(`${name}: this bug no longer applies: its text stands ${places} times in ${file}`);
  return text.replace(find, () => replace);
}
