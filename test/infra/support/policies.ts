import * as z from 'zod';
import { type Graph, property, type Resource } from './graph.ts';

const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.union([schema, z.array(schema)]).transform((value) => (Array.isArray(value) ? value : [value]));

const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.unknown()).default([]),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;

const Statements = z.object({ Statement: z.array(Statement) });

/** Statements of a policy document found at `path`. */
export const statementsAt = (resource: Resource, ...path: string[]): readonly Statement[] =>
  Statements.parse(property(resource, ...path) ?? { Statement: [] }).Statement;

/** What each role may do, by the logical id of the role. */
export function roleStatements(graph: Graph): ReadonlyMap<string, readonly Statement[]> {
  const roles = new Map<string, Statement[]>(graph.all('AWS::IAM::Role').map(([id]) => [id, []]));
  for (const [, policy] of graph.all('AWS::IAM::Policy')) {
    for (const role of z.array(z.unknown()).parse(property(policy, 'Roles'))) {
      roles.get(graph.target(role) ?? '')?.push(...statementsAt(policy, 'PolicyDocument'));
    }
  }
  return roles;
}

/** Statements of the resource policies (queue, topic, bucket) on the resource `id`. */
export function resourcePolicy(graph: Graph, id: string): readonly Statement[] {
  const kinds = [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SNS::TopicPolicy', 'Topics'],
    ['AWS::S3::BucketPolicy', 'Bucket'],
  ] as const;
  return kinds.flatMap(([type, field]) =>
    graph
      .all(type)
      .filter(([, policy]) =>
        oneOrMore(z.unknown())
          .parse(property(policy, field))
          .some((to) => graph.target(to) === id),
      )
      .flatMap(([, policy]) => statementsAt(policy, 'PolicyDocument')),
  );
}

/** Whether `statements` allow `action` on the resource `id`; a trailing star in the statement counts. */
export function allows(graph: Graph, statements: readonly Statement[], action: string, id: string): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Action.includes(action) &&
      statement.Resource.some((resource) => graph.target(resource) === id),
  );
}
