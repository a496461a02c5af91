import { sha256 } from '../../functions/domain/ids.ts';
import { RegisteredMode, RegisteredOverride } from '../../functions/domain/telemetry/overrides.ts';

/** An override of `test.rule`'s limit `orange` on the enterprise of `registrationOf`, in force from 1970 unless told otherwise. */
export function overrideOf(given: Readonly<Record<string, unknown>>): RegisteredOverride {
  return RegisteredOverride.parse({
    id: sha256(JSON.stringify(given)).slice(0, 24),
    ruleId: 'test.rule',
    limit: 'orange',
    scope: { kind: 'enterprise', enterpriseId: 'ent-1' },
    value: 0.8,
    from: 0,
    by: 'issuer|owner',
    at: 0,
    isSigned: false,
    ...given,
  });
}

export const modeOf = (mode: 'normal' | 'emergency', from: number, area = '22'): RegisteredMode =>
  RegisteredMode.parse({ area, mode, from });
