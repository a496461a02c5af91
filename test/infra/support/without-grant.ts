import { Lazy } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import * as z from 'zod';
import type { Tocsin } from '../../../infra/tocsin.ts';

/** Construct ids of the functions. */
export const FunctionId = z.enum(['Ingest', 'Notify', 'Sweep', 'Api']);
export type FunctionId = z.infer<typeof FunctionId>;

const Document = z.looseObject({
  Statement: z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]) })),
});

/**
 * Takes one action away from the role of a function, wherever it was granted: what a forgotten grant looks like.
 *
 * @throws at synthesis when the role does not have the action: a deployment that lacks nothing proves nothing.
 */
export function withoutGrant(built: Tocsin, id: FunctionId, action: string): void {
  const policy = built.stateless.node.findChild(id).node.findChild('Role').node.findChild('DefaultPolicy');
  const resource = policy.node.defaultChild;
  if (!(resource instanceof CfnPolicy)) throw new Error(`${id} has no policy`);
  const whole: unknown = resource.policyDocument;
  resource.policyDocument = Lazy.uncachedAny({
    produce: (context) => {
      const document = Document.parse(context.resolve(whole));
      const Statement = document.Statement.flatMap((statement) => {
        const actions = [statement.Action].flat();
        const rest = actions.filter((one) => one !== action);
        return rest.length === 0 ? [] : [{ ...statement, Action: rest }];
      });
      const before = document.Statement.flatMap(({ Action }) => Action).length;
      if (Statement.flatMap(({ Action }) => Action).length === before) {
        throw new Error(`${id} was never granted ${action}`);
      }
      return { ...document, Statement };
    },
  });
}
