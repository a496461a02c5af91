/** What a worker does before its first world: each takes some hundredths of the time of its worlds. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A thousand files without their types, read once: half of the time until the first world.
enableCompileCache(fileURLToPath(new URL('../../../.local/compile-cache', import.meta.url)));

// Worlds make errors by the thousand, and `--seed` in a process of its own shows where one came from.
Error.stackTraceLimit = 0;
// The logger asks for variables at every line. Those of the process come from outside of JavaScript; a copy answers at once.
process.env = { ...process.env };
