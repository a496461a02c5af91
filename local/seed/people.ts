/** People of the seed city: their accounts at the user pool and the tokens with which they sign in. */
import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';

/** Whose token it is, as the API reads it. */
const Claims = z.looseObject({ iss: z.string(), sub: z.string(), exp: z.number() });

export interface Tokens {
  /** What the API takes. */
  readonly access: string;
  /** What the API must refuse. */
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  /** Instant in milliseconds. */
  readonly expiresAt: number;
}

export interface Pool {
  readonly client: CognitoIdentityProviderClient;
  readonly poolId: string;
  readonly clientId: string;
}

/** A password that every pool's policy takes: 12 characters or more, with all four kinds. */
export function newPassword(): string {
  return `Tocsin-${randomBytes(9).toString('base64url')}-7a`;
}

/** Makes the account, or takes over the one that is there, with `password`. */
export async function ensureAccount(pool: Pool, name: string, password: string): Promise<void> {
  const who = { UserPoolId: pool.poolId, Username: name };
  try {
    await pool.client.send(new AdminCreateUserCommand({ ...who, MessageAction: 'SUPPRESS' }));
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
  await pool.client.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
}

function claimsOf(token: string): z.infer<typeof Claims> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  return Claims.parse(JSON.parse(payload));
}

/** Signs in with name and password. */
export async function signIn(pool: Pool, name: string, password: string): Promise<Tokens> {
  const answer = await pool.client.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD: password },
    }),
  );
  const { AccessToken: access, IdToken: id } = answer.AuthenticationResult ?? {};
  if (!access || !id)
    throw new Error(`${name} cannot sign in: the user pool asks for ${answer.ChallengeName}`);
  const claims = claimsOf(access);
  return { access, id, issuer: claims.iss, subject: claims.sub, expiresAt: claims.exp * 1000 };
}
