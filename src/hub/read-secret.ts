import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ParlanceError } from '../errors/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const CONNECTION_TIMEOUT_MS = 5000;

/** Reads a token from AWS Secrets Manager, with the credentials that the AWS SDK finds: a container's role.
 * @param secret name or ARN. Its value is the token, or JSON with it under HF_TOKEN
 * @throws invalid_setting with AWS's reason, such as AccessDeniedException, and what to do */
export async function readSecret(secret: string, environment: Environment): Promise<string> {
  const region = secret.split(':')[3] ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (region === undefined) throw refusal(secret, 'its region is not known: give its ARN, or set AWS_REGION');
  const endpoint = environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? environment.AWS_ENDPOINT_URL;
  const client = new SecretsManagerClient({
    region,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS },
    ...(endpoint && { endpoint }),
  });
  const answer = await client
    .send(new GetSecretValueCommand({ SecretId: secret }))
    .catch((error: unknown) => {
      throw refusal(secret, error instanceof Error ? describe(error) : String(error));
    })
    .finally(() => client.destroy());
  const token = tokenOf(answer.SecretString ?? '');
  if (token === undefined) throw refusal(secret, 'it holds no token: expected a text, or JSON with HF_TOKEN');
  return token;
}

const describe = ({ name, message }: Error) => `${name}: ${message}; ${advice(name)}`;

function tokenOf(value: string): string | undefined {
  if (!value.trim().startsWith('{')) return value.trim() || undefined;
  const fields = parse(value);
  return typeof fields.HF_TOKEN === 'string' ? fields.HF_TOKEN.trim() || undefined : undefined;
}

function parse(value: string): { readonly HF_TOKEN?: unknown } {
  try {
    return JSON.parse(value);
  } catch {
    return {};
  }
}

function advice(kind: string): string {
  if (kind === 'ResourceNotFoundException') return 'make it by aws secretsmanager create-secret';
  if (kind === 'AccessDeniedException') return 'the role needs secretsmanager:GetSecretValue on it';
  return 'see the credentials and the region';
}

function refusal(secret: string, reason: string): ParlanceError {
  const param = 'HF_TOKEN_SECRET';
  return new ParlanceError('invalid_setting', `${param} ${secret} can't be read: ${reason}`, { param });
}
