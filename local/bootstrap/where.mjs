/** The two folders that the door needs before anything is installed. */
import path from 'node:path';

export const repository = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '../..',
);
export const nodeBin = path.join(repository, 'node_modules/.bin');
