/** The version of a rule: it follows from what the rule says. */
import { sha256 } from '../../functions/domain/ids.ts';
import { canonicalJson } from '../../functions/domain/rules/engine/canonical-json.ts';

/** First 16 hex digits of the SHA-256 of the canonical form. */
export const contentVersion = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 16);
