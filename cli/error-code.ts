/** The code of an error of the operating system, such as `ENOENT`; `unreadable` of any other. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
