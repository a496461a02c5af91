/** The unit tests of one room alone: what they do not see, they do not guard. `TOCSIN_ROOM_TESTS` says which. */
import config from '../../jest.config.js';

const [unit] = config.projects;
const { displayName, ...project } = unit;
const folders = (process.env.TOCSIN_ROOM_TESTS ?? 'test/domain').split(' ');

export default {
  ...project,
  // Stryker puts its own environment around this one, and looks for it by the name of a package.
  testEnvironment: 'node',
  rootDir: '../..',
  testMatch: folders.map((folder) => `<rootDir>/${folder}`),
};
