/** From one YAML file of the folder to what it adds to the book: a rule, a correlation rule, or the end of a rule. */
import * as z from 'zod';
import type { Rule, Tombstone } from '../../functions/domain/rules/book.ts';
import { CorrelationFile } from '../../functions/domain/rules/schema/correlation.ts';
import { TombstoneFile } from '../../functions/domain/rules/schema/tombstone.ts';
import { checkCorrelation } from './correlation-meaning.ts';
import { fieldProblems } from './field-problems.ts';
import { schemaOf } from './json-schema.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { checkRule } from './rule-file.ts';
import { identityProblems } from './rule-meaning.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

/** A correlation rule before the names of its members are looked up. */
export interface OpenCorrelation {
  readonly document: YamlDocument;
  readonly file: CorrelationFile;
}

export type BookFile =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'correlation'; readonly open: OpenCorrelation }
  | { readonly kind: 'retired'; readonly tombstone: Tombstone }
  | { readonly kind: 'broken'; readonly isProvable: boolean; readonly problems: readonly Problem[] };

const correlationSchema = schemaOf(CorrelationFile);
const tombstoneSchema = schemaOf(TombstoneFile);

/** `isProvable`: it would be a rule, which has a proof beside it. */
const broken = (problems: readonly Problem[], isProvable: boolean): BookFile => ({
  kind: 'broken',
  isProvable,
  problems: inReadingOrder(problems),
});

function tombstone(document: YamlDocument): BookFile {
  const parsed = TombstoneFile.safeParse(document.value);
  if (!parsed.success) return broken(fieldProblems(document, tombstoneSchema, parsed.error), false);
  const { id, retired } = parsed.data;
  const problems = identityProblems(document, id, undefined);
  return problems.length > 0 ? broken(problems, false) : { kind: 'retired', tombstone: { id, ...retired } };
}

function correlation(document: YamlDocument): BookFile {
  const parsed = CorrelationFile.safeParse(document.value);
  if (!parsed.success) return broken(fieldProblems(document, correlationSchema, parsed.error), true);
  const problems = checkCorrelation(document, parsed.data);
  return problems.length > 0
    ? broken(problems, true)
    : { kind: 'correlation', open: { document, file: parsed.data } };
}

const Head = z.looseObject({ retired: z.unknown().optional(), correlate: z.unknown().optional() });

/**
 * What the file says; by one field of its own it shows which shape it has, so that findings are about that shape.
 *
 * @throws never for bad input
 */
export function readBookFile(file: string, text: string): BookFile {
  const document = readYaml(file, text);
  if (document.problems.length > 0) return broken(document.problems, true);
  const head = Head.safeParse(document.value);
  if (head.success && head.data.retired !== undefined) return tombstone(document);
  if (head.success && head.data.correlate !== undefined) return correlation(document);
  const read = checkRule(document);
  return read.ok ? { kind: 'rule', rule: read.rule } : broken(read.problems, true);
}
