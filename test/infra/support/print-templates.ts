/** Prints both templates for the settings in the first argument: a process of its own, because the library loads slowly in a test. */
import * as z from 'zod';
import { build, templatesOf } from './synth.ts';

const settings = z.record(z.string(), z.unknown()).parse(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(JSON.stringify(templatesOf(build(settings))));
