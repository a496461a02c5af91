/**
 * The app as it is deployed, but for one grant: `cdk deploy --app "node test/infra/support/app-without-grant.ts"` with
 * `TOCSIN_WITHOUT_GRANT="Ingest dynamodb:UpdateItem"` in the environment.
 */
import { App } from 'aws-cdk-lib';
import { readConfig } from '../../../infra/config.ts';
import { buildTocsin } from '../../../infra/tocsin.ts';
import { FunctionId, withoutGrant } from './without-grant.ts';

const [id, action = ''] = (process.env['TOCSIN_WITHOUT_GRANT'] ?? '').split(' ');
const app = new App();
withoutGrant(buildTocsin(app, readConfig(app.node)), FunctionId.parse(id), action);
app.synth();
