import type { Books } from '../city/book.ts';
import type { View } from '../oracle/facts/view.ts';
import type { Finding } from '../oracle/law.ts';

/** A promise of the product's own tools about a history; unlike a law it may ask the product, since that is what it checks. */
export interface Check {
  readonly name: string;
  readonly check: (view: View, books: Books) => readonly Finding[];
}
