import * as z from 'zod';
import { templatesFor } from './template-cache.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

const StackTemplate = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});

/** Both templates of a stage as one graph: references between the stacks are followed. */
export interface Graph {
  /** By logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Both templates as text. */
  readonly text: string;
  /** Logical ids and resources of one type. */
  all(type: string): readonly (readonly [string, Resource])[];
  /** The only resource of its type. @throws when there is none, or another */
  only(type: string): Resource;
  /** The logical id that `value` refers to, however it does; undefined for a plain string. */
  target(value: unknown): string | undefined;
}

/** The graph of a deployment with these settings. */
export const graphFor = (settings: Record<string, unknown>): Graph => graphOf(templatesFor(settings));

/** The graph of the templates of both stacks. */
export function graphOf(templates: readonly unknown[]): Graph {
  const stacks = templates.map((template) => StackTemplate.parse(template));
  const resources = new Map(stacks.flatMap((stack) => Object.entries(stack.Resources)));
  const outputs = stacks.flatMap((stack) => Object.entries(stack.Outputs));
  const exported = new Map(outputs.map(([, { Value, Export }]) => [Export?.Name, Value]));

  const target = (value: unknown): string | undefined => {
    const reference = Reference.safeParse(value);
    if (!reference.success) return undefined;
    const { data } = reference;
    if ('Ref' in data) return data.Ref;
    if ('Fn::GetAtt' in data) return data['Fn::GetAtt'][0];
    if ('Fn::ImportValue' in data) return target(exported.get(data['Fn::ImportValue']));
    return data['Fn::Join'][1].map(target).find((id) => resources.has(id ?? ''));
  };
  const all = (type: string) => [...resources].filter(([, resource]) => resource.Type === type);
  return {
    resources,
    outputs: new Map(outputs.map(([name, { Value }]) => [name, Value])),
    text: JSON.stringify(templates),
    all,
    only: (type) => {
      const [first, ...others] = all(type);
      if (first === undefined || others.length > 0) throw new Error(`not one ${type}`);
      return first[1];
    },
    target,
  };
}

const Reference = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::ImportValue': z.string() }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);

/** A property by its path; undefined where there is none. */
export function property(resource: Resource, ...path: (string | number)[]): unknown {
  let value: unknown = resource.Properties;
  for (const step of path) {
    const holder = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).safeParse(value);
    if (!holder.success) return undefined;
    value = Array.isArray(holder.data) ? holder.data[Number(step)] : holder.data[step];
  }
  return value;
}
