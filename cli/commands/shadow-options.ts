/** What `tocsin rules shadow` can be asked. */
export interface ShadowOptions {
  readonly table?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** Most differences of one listing. */
export const shadowListMax = 1_000;
