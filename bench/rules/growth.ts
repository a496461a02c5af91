/** The same readings under 10, 100 and 1,000 rules that match each sensor as often. */
import type { Figure } from '../figures.ts';
import { tell } from '../report.ts';
import { nsOf, ratioOf, timeInTurn } from './measure.ts';
import { bindFleet, envelopesOf, evaluate, noWatermark, readAll } from './paths.ts';
import { bookOf } from './workload/book.ts';
import { messagesOf } from './workload/messages.ts';
import { growthSizes } from './workload/size.ts';

/** How far the slowest may lie over the fastest. */
const flatWithin = 1.2;

export async function measureGrowth(): Promise<readonly Figure[]> {
  tell('making the books for growth');
  const ways = growthSizes.map((size) => {
    const book = bookOf(size);
    const bound = bindFleet(book, size);
    const messages = messagesOf(size, 'one a message', false);
    const readings = readAll(bound, messages, envelopesOf(messages));
    return {
      name: `${book.rules.length} rules`,
      readingCount: readings.length,
      run: () => evaluate(bound, readings, noWatermark),
    };
  });
  tell('timing growth');
  const times = await timeInTurn(ways);
  const names = ways.map(({ name }) => name).toSorted((a, b) => nsOf(times, a) - nsOf(times, b));
  const [fastest = '', slowest = ''] = [names[0], names.at(-1)];
  return [
    {
      name: 'growth, 10 to 1,000 rules',
      value: ratioOf(times, slowest, fastest),
      unit: 'x',
      goal: flatWithin,
      note: ways.map(({ name }) => `${name} ${Math.round(nsOf(times, name))} ns`).join(', '),
    },
  ];
}
