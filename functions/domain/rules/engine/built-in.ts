/** What this room knows: what a rule means. This file: the alerts on data that the engine raises without a rule file. */
import { RuleId } from '../../ids.ts';
import type { Severity } from '../../severity.ts';

/** Stands for the version of a rule that has no file. */
export const builtInVersion = 'built-in';

/** `data.not-evaluable` takes the severity that the rule says (semantics 3). */
export const builtInRules: {
  readonly fault: { readonly ruleId: RuleId; readonly severity: Severity };
  readonly notEvaluable: { readonly ruleId: RuleId };
} = {
  fault: { ruleId: RuleId.parse('data.fault'), severity: 'yellow' },
  notEvaluable: { ruleId: RuleId.parse('data.not-evaluable') },
};
