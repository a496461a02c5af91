/** What zod refuses, told in the words of the file: missing, unknown, or not as expected. */
import type * as z from 'zod';
import { nearest } from '../../functions/domain/nearest.ts';
import { fieldsAt, type SchemaNode, schemaAt } from './json-schema.ts';
import type { Problem } from './problem.ts';
import type { FieldPath, YamlDocument } from './yaml-document.ts';

function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(String(step));
  }
  return value;
}

/** zod's English for what we say of every field in the same words. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message.replace(/^Invalid input: /, '').replace(/^Too (big|small): /, '');
}

const describe = (schema: SchemaNode, path: FieldPath): string | undefined => {
  const node = schemaAt(schema, path);
  const fields = fieldsAt(schema, path);
  if (node?.description !== undefined) return node.description;
  return fields.length > 0 ? `it has the fields ${fields.join(', ')}` : undefined;
};

function unknownFields(
  document: YamlDocument,
  schema: SchemaNode,
  path: FieldPath,
  keys: readonly string[],
): Problem[] {
  const known = fieldsAt(schema, path);
  return keys.map((key) => {
    const meant = nearest(key, known);
    const remedy = meant === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${meant}\`?`;
    return document.problemAtKey(path, key, 'unknown field', remedy);
  });
}

/** The findings of `error` at their places in `document`; `schema` tells what a field is for. */
export function fieldProblems(document: YamlDocument, schema: SchemaNode, error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => {
    const path: FieldPath = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') return unknownFields(document, schema, path, issue.keys);
    if (issue.code === 'invalid_key') {
      const key = String(path.at(-1));
      const cause = issue.issues[0];
      return [
        document.problemAtKey(
          path.slice(0, -1),
          key,
          `the name ${cause ? messageOf(cause) : 'is not allowed'}`,
        ),
      ];
    }
    if (issue.code === 'invalid_union') {
      const deepest = issue.errors.find((issues) => issues.some((inner) => inner.path.length > 0));
      const inner = deepest?.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
      if (inner && typeof valueAt(document.value, path) === 'object')
        return fieldProblems(document, schema, { ...error, issues: inner });
    }
    const value = valueAt(document.value, path);
    if (value === undefined) {
      const what = describe(schema, path);
      return [document.problemAt(path, 'is missing', what)];
    }
    const meant =
      issue.code === 'invalid_value' && typeof value === 'string'
        ? nearest(value, issue.values.map(String))
        : undefined;
    return [
      document.problemAt(
        path,
        messageOf(issue),
        meant === undefined ? undefined : `did you mean \`${meant}\`?`,
      ),
    ];
  });
}
