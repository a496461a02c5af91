import type { Alert, Matter, Scope } from '../../functions/domain/alerts/alert.ts';
import { alertIdOf, unopened } from '../../functions/domain/alerts/open.ts';
import { AreaCode, EnterpriseId, RuleId } from '../../functions/domain/ids.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';

/** Alerts and verdicts as the tests of several rooms need them. */
export const ruleId = RuleId.parse('coal-mine.methane.coal-face');

export const matter: Matter = {
  ruleId,
  ruleVersion: '0123456789abcdef',
  kind: 'risk',
  title: { zh: '甲烷超限', en: 'Methane over limit' },
  advice: { zh: '撤人', en: 'Withdraw people' },
  unit: '%{vol}',
};

export const scope: Scope = {
  area: AreaCode.parse('220104'),
  enterpriseId: EnterpriseId.parse('ent-1'),
  siteId: 'site-1',
  sourceId: 'face-1',
  trade: 'coal-mine',
  deviceId: 'dev-1',
};

export const subject = { kind: 'sensor', id: 'dev-1/ch4' } as const;

/** An alert about to be raised at `at` (ms). */
export const fresh = (severity: Severity, at = 1_000, subjectId: string = subject.id): Alert =>
  unopened({
    alertId: alertIdOf(ruleId, subjectId, 1, instant(at)),
    matter,
    subject: { kind: 'sensor', id: subjectId },
    scope,
    severity,
    at: instant(at),
    previous: undefined,
  });

/** A verdict of the rules; every field may be overridden. */
export const draft = (given: Partial<TransitionDraft> = {}): TransitionDraft => ({
  ruleId,
  ruleVersion: matter.ruleVersion,
  sensorId: 'ch4',
  change: 'raised',
  condition: 'firing',
  severity: 'orange',
  phenomenonAt: instant(1_000),
  at: instant(1_000),
  trigger: 'reading',
  marks: [],
  value: 1.2,
  quality: 'good',
  because: '{}',
  ...given,
});
