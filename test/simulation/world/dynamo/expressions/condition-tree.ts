/** Conditions as they are written: filters, conditions of writes, and those of keys. */
import type { Notes } from './parsed.ts';
import { note } from './parsed.ts';
import { type Path, parsePath } from './paths.ts';
import type { Reader } from './tokens.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'size'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: string };

export const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

const functions = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
] as const;
export type ConditionFunction = (typeof functions)[number];

/** How many operands each function takes. */
const operandCount = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
} as const satisfies Record<ConditionFunction, number>;

/** Most operands of one IN. */
const inMax = 100;

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly sign: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly of: Operand; readonly from: Operand; readonly to: Operand }
  | { readonly kind: 'in'; readonly of: Operand; readonly list: readonly Operand[] }
  | {
      readonly kind: 'call';
      readonly name: ConditionFunction;
      readonly of: Operand;
      readonly than: Operand | undefined;
    };

/** `OR` binds least, then `AND`, then `NOT`. */
export function parseCondition(reader: Reader, notes: Notes): Condition {
  let left = parseAnd(reader, notes);
  while (reader.took('OR')) left = { kind: 'or', left, right: parseAnd(reader, notes) };
  return left;
}

function parseAnd(reader: Reader, notes: Notes): Condition {
  let left = parseNot(reader, notes);
  while (reader.took('AND')) left = { kind: 'and', left, right: parseNot(reader, notes) };
  return left;
}

function parseNot(reader: Reader, notes: Notes): Condition {
  if (reader.took('NOT')) return { kind: 'not', of: parseNot(reader, notes) };
  if (reader.took('(')) {
    const inner = parseCondition(reader, notes);
    reader.expect(')');
    return inner;
  }
  const { kind, text } = reader.peek();
  const name = kind === 'word' ? functions.find((one) => one === text) : undefined;
  return name === undefined ? parseComparison(reader, notes) : parseCall(reader, notes, name);
}

function parseCall(reader: Reader, notes: Notes, name: ConditionFunction): Condition {
  reader.next();
  reader.expect('(');
  const of = parseOperand(reader, notes);
  const than = reader.took(',') ? parseOperand(reader, notes) : undefined;
  reader.expect(')');
  const count = than === undefined ? 1 : 2;
  if (count !== operandCount[name])
    throw reader.fail(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
    );
  if (of.kind !== 'path' && name !== 'begins_with' && name !== 'contains')
    throw reader.fail(`Operator or function requires a document path; operator or function: ${name}`);
  return { kind: 'call', name, of, than };
}

function parseComparison(reader: Reader, notes: Notes): Condition {
  const of = parseOperand(reader, notes);
  if (reader.took('BETWEEN')) {
    const from = parseOperand(reader, notes);
    reader.expect('AND');
    return { kind: 'between', of, from, to: parseOperand(reader, notes) };
  }
  if (reader.took('IN')) return { kind: 'in', of, list: parseList(reader, notes) };
  const sign = comparators.find((one) => one === reader.peek().text);
  if (sign === undefined) throw reader.unexpected();
  reader.next();
  return { kind: 'compare', sign, left: of, right: parseOperand(reader, notes) };
}

function parseList(reader: Reader, notes: Notes): Operand[] {
  reader.expect('(');
  const list = [parseOperand(reader, notes)];
  while (reader.took(',')) list.push(parseOperand(reader, notes));
  reader.expect(')');
  if (list.length > inMax)
    throw reader.fail(
      `The IN operator is provided with too many operands; number of operands: ${list.length}`,
    );
  return list;
}

function parseOperand(reader: Reader, notes: Notes): Operand {
  const { kind, text } = reader.peek();
  if (kind === 'value') {
    reader.next();
    note(notes.values, text);
    return { kind: 'value', value: text };
  }
  if (kind === 'word' && text === 'size') {
    reader.next();
    reader.expect('(');
    const path = parsePath(reader, notes);
    reader.expect(')');
    return { kind: 'size', path };
  }
  return { kind: 'path', path: parsePath(reader, notes) };
}
