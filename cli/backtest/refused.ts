/** What stops a backtest before it begins: told with what helps, wrong usage. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** What the file system says is wrong, such as `ENOENT`. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
