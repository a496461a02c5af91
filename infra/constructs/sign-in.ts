import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, OAuthScope, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

export interface SignInProps {
  readonly isLocal: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** Whose tokens the API takes, and what they must say. */
export interface TokenIssuer {
  readonly url: string;
  readonly audience: readonly string[];
  readonly requiredScopes: readonly string[];
  /** Only in the default deployment: an outside issuer brings its own. */
  readonly userPool?: UserPool;
  readonly userPoolClient?: UserPoolClient;
}

/** What the access token of a pool's user carries, and its ID token does not. */
const userScope = OAuthScope.COGNITO_ADMIN.scopeName;

/** People sign in here unless another issuer is configured; an engineer makes the accounts. */
export function signIn(scope: Construct, id: string, props: SignInProps): TokenIssuer {
  const userPool = new UserPool(scope, id, {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    mfa: props.isLocal ? Mfa.OFF : Mfa.REQUIRED,
    ...(props.isLocal ? {} : { mfaSecondFactor: { sms: false, otp: true } }),
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.NONE,
    deletionProtection: !props.isLocal,
    removalPolicy: props.removalPolicy,
  });
  const userPoolClient = userPool.addClient('People', {
    authFlows: props.isLocal ? { userPassword: true } : { userSrp: true },
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(1),
    preventUserExistenceErrors: true,
    disableOAuth: true,
  });
  Validations.of(userPool).acknowledge({
    id: 'AwsSolutions-COG8',
    reason:
      'Threat protection is paid per user; a second factor is required, and another issuer can be configured.',
  });
  if (props.isLocal) {
    Validations.of(userPool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason: 'The local stage signs in by script; every other stage requires a second factor.',
    });
  }
  return {
    // The attribute ProviderURL is the same text, but the local platform does not have it.
    url: `https://${userPool.userPoolProviderName}`,
    audience: [userPoolClient.userPoolClientId],
    requiredScopes: [userScope],
    userPool,
    userPoolClient,
  };
}
