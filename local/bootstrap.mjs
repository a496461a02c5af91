// The door of every command: plain JavaScript for whatever Node a person has, before anything is installed.
// Nothing newer than Node 12 understands may stand in this file; the rest is loaded after the check.
const leastNode = 20;
const major = Number(process.versions.node.split('.')[0]);

if (major < leastNode) {
  console.error(
    'tocsin: Node ' +
      process.versions.node +
      ' is too old. Remedy: install Node ' +
      leastNode +
      ' or later from https://nodejs.org, then run this again.',
  );
  process.exitCode = 1;
} else {
  void import('./bootstrap/run.mjs').then((door) => door.run(process.argv.slice(2)));
}
