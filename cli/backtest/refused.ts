/** What stops a backtest before it begins: told with what helps, wrong usage. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
