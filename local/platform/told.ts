/** Errors that a step list has shown already: they are not printed twice. */
const told = new WeakSet<object>();

export function markTold(error: unknown): void {
  if (typeof error === 'object' && error !== null) told.add(error);
}

export function wasTold(error: unknown): boolean {
  return typeof error === 'object' && error !== null && told.has(error);
}
