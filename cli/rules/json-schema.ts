/** The JSON Schema of a YAML file, for editors and for telling a reader what a field is. */
import * as z from 'zod';
import { CorrelationFile } from '../../functions/domain/rules/schema/correlation.ts';
import { TombstoneFile } from '../../functions/domain/rules/schema/tombstone.ts';
import { RuleFile } from '../../functions/domain/rules/schema.ts';
import type { FieldPath } from './yaml-document.ts';

/** The part of JSON Schema that zod writes and we read. */
export const SchemaNode = z.looseObject({
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), SchemaNode).optional();
  },
  get additionalProperties() {
    return z.union([SchemaNode, z.boolean()]).optional();
  },
  get items() {
    return SchemaNode.optional();
  },
  get anyOf() {
    return z.array(SchemaNode).optional();
  },
  propertyNames: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
});
export type SchemaNode = z.infer<typeof SchemaNode>;

/** What a person may write, before defaults and durations are filled in. */
export const schemaOf = (schema: z.ZodType): SchemaNode =>
  SchemaNode.parse(z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }));

/** The text of `rules/rule.schema.json`: what kind of file it is decides by which shape an editor checks it. */
export function ruleSchemaText(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Tocsin rule file',
    if: { required: ['retired'] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema; nobody awaits one.
    then: schemaOf(TombstoneFile),
    else: {
      if: { required: ['correlate'] },
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema; nobody awaits one.
      then: schemaOf(CorrelationFile),
      else: schemaOf(RuleFile),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The schema of the field at `path`, where there is one. */
export function schemaAt(root: SchemaNode, path: FieldPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    const options: readonly SchemaNode[] = node?.anyOf ?? (node ? [node] : []);
    node = undefined;
    for (const option of options) {
      const named: SchemaNode | undefined = option.properties?.[String(step)];
      const other: SchemaNode | boolean | undefined = option.additionalProperties;
      node ??= named ?? (typeof step === 'number' ? option.items : undefined);
      if (typeof other === 'object') node ??= other;
    }
  }
  return node;
}

/** Names of the fields that the mapping at `path` may have. */
export function fieldsAt(root: SchemaNode, path: FieldPath): readonly string[] {
  const node = schemaAt(root, path);
  const options = node?.anyOf ?? (node ? [node] : []);
  return options.flatMap((option) => [
    ...Object.keys(option.properties ?? {}),
    ...(option.propertyNames?.enum ?? []),
  ]);
}
