import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { parseConfig } from '../../../infra/config.ts';
import type { CodeFor } from '../../../infra/constructs/bundle.ts';
import { buildTocsin, type Tocsin } from '../../../infra/tocsin.ts';

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const cdkJson = CdkJson.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../cdk.json'), 'utf8')),
);

/** Code that is never run: templates do not depend on it. */
const standIn: CodeFor = (name) => Code.fromInline(`// ${name}`);

export interface Built extends Tocsin {
  readonly app: App;
}

/** An app as `cdk synth` makes it, without bundling unless `codeFor` is given. */
export function build(settings: Record<string, unknown>, codeFor: CodeFor = standIn): Built {
  const app = new App({ context: cdkJson.context, analyticsReporting: false });
  return { app, ...buildTocsin(app, parseConfig(settings), codeFor) };
}

/** The templates of both stacks. */
export const templatesOf = ({ app }: Built): readonly unknown[] =>
  app.synth().stacks.map((stack) => z.unknown().parse(stack.template));
