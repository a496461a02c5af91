import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError, readConfig } from './config.ts';
import { buildTocsin } from './tocsin.ts';
import { BookError } from './whole-book.ts';

try {
  const app = new App();
  buildTocsin(app, readConfig(app.node));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof BookError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
