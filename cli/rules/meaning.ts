/** What the checks of a rule's meaning look at. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import type { Quantity } from '../../functions/domain/telemetry/quantities.ts';
import type { YamlDocument } from './yaml-document.ts';

export interface RuleInFile {
  readonly document: YamlDocument;
  readonly file: RuleFile;
  /** Those of its quantities that are known. */
  readonly quantities: readonly Quantity[];
  readonly scale: number;
  /** Names that its conditions look up. */
  readonly used: ReadonlySet<string>;
  /** Absent while a condition does not compile. */
  readonly rule: Rule | undefined;
}
