import type { Node } from 'constructs';
import * as z from 'zod';

/** Days for which CloudWatch Logs can keep a log group; it takes no others. */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

/** Longest retention of the archive, in days: ten years. */
export const retentionDaysMax = 3653;

/** What a mapping from a queue can be limited to. */
export const telemetryConcurrencyMin = 2;
export const telemetryConcurrencyMax = 1000;

const wordList = z
  .union([z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean)), z.array(z.string())])
  .pipe(z.array(z.string().min(1)).min(1, 'at least one, separated by spaces'));

const httpsUrl = z.url({ protocol: /^https$/, error: 'an https:// address' });

/** Every setting of a deployment. Values come from `-c name=value` or from the context of cdk.json. */
export const Config = z
  .strictObject({
    /** Part of the stacks' names and of the topic rule's name, which devices hold. `local` destroys with its stack. */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,19}$/, '1 to 20 small letters and digits, a letter first')
      .default('prod'),
    /** Both or neither; without them the stacks go where the credentials point. */
    account: z.coerce
      .string()
      .regex(/^\d{12}$/, '12 digits')
      .optional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1')
      .optional(),
    /** Days the archive and the quarantine are kept. 1…3653. @default 731 */
    retentionDays: z.coerce.number().int().min(1).max(retentionDaysMax).default(731),
    /** Days the functions' logs are kept: one of the values CloudWatch Logs knows. @default 365 */
    logRetentionDays: z.coerce
      .number()
      .refine((days) => logRetentionDays.includes(days), `one of ${logRetentionDays.join(', ')}`)
      .default(365),
    /** Calls of ingest at a time for fresh telemetry. 2…1000; a new account has 10 in all. @default 5 */
    telemetryConcurrency: z.coerce
      .number()
      .int()
      .min(telemetryConcurrencyMin)
      .max(telemetryConcurrencyMax)
      .default(5),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    /** Who hears about the health of the platform. */
    alarmEmail: z.email('an e-mail address').optional(),
    /** A reader of every alert, by e-mail. */
    alertEmail: z.email('an e-mail address').optional(),
    /** Called at each canary's arrival: the dead-man's switch outside the account. */
    heartbeatUrl: httpsUrl.optional(),
    /** A candidate rule book (`tocsin rules build --rules <folder>` writes one) that is evaluated beside the live one, notifying nobody. */
    shadow: z.string().min(1).optional(),
    /** Another issuer of tokens than the user pool of the default deployment. */
    oidcIssuer: httpsUrl.optional(),
    oidcAudience: wordList.optional(),
    /** Scopes of which a token must carry one. @default what the access token of a pool's user carries */
    requiredScopes: wordList.optional(),
  })
  .superRefine(checkTogether);
export type Config = z.infer<typeof Config>;

interface Together {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly oidcIssuer?: string | undefined;
  readonly oidcAudience?: readonly string[] | undefined;
  readonly requiredScopes?: readonly string[] | undefined;
}

function checkTogether(config: Together, context: z.RefinementCtx): void {
  const refuse = (path: keyof Together, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message, input: config[path] });
  if (config.account !== undefined && config.region === undefined) refuse('region', 'needed with account');
  if (config.oidcIssuer !== undefined) {
    if (config.oidcAudience === undefined) refuse('oidcAudience', 'needed with oidcIssuer');
    if (config.requiredScopes === undefined) {
      refuse('requiredScopes', 'needed with oidcIssuer: without a scope an ID token would be let in');
    }
  } else {
    if (config.oidcAudience !== undefined) refuse('oidcIssuer', 'needed with oidcAudience');
    if (config.region?.startsWith('cn-')) {
      refuse('oidcIssuer', 'needed in China regions, which have no Cognito user pools');
    }
  }
}

/** A setting that is missing, misspelt or wrong; its message names it and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Plain camelCase: ours. The toolkit's own keys carry `@`, `:` or `-`. */
const ownKey = /^[a-z][A-Za-z]*$/;

/**
 * The checked settings of a deployment.
 *
 * @throws ConfigError naming each wrong setting; a name that is no setting is refused too.
 */
export function parseConfig(settings: Readonly<Record<string, unknown>>): Config {
  const parsed = Config.safeParse(settings);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${key}: no such setting; there are ${Object.keys(Config.shape).join(', ')}`)
      : [`${issue.path.join('.')}: ${issue.message}`],
  );
  throw new ConfigError(
    `Wrong configuration:\n${lines.map((line) => `  ${line}`).join('\n')}\nSet it with \`-c name=value\` or under "context" in cdk.json.`,
  );
}

/** As {@link parseConfig}, from the context of an app. */
export function readConfig(node: Node): Config {
  const context: Record<string, unknown> = node.getAllContext();
  return parseConfig(Object.fromEntries(Object.entries(context).filter(([key]) => ownKey.test(key))));
}
