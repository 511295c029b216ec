import { drain, type HttpRequest, type HttpResponse, sendRequest } from './http-request.ts';
import { hubError } from './hub-errors.ts';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';

type Options = Partial<Pick<HttpRequest, 'method' | 'headers' | 'staysAtHome'>> & Pick<HttpRequest, 'signal'>;

/** Sends a request about a model, with the user's token.
 * @throws TransientError, invalid_setting, download_failed */
export async function sendHubRequest(
  url: URL,
  model: HubModel,
  settings: HubSettings,
  options: Options,
): Promise<HttpResponse> {
  const { endpoint, token, idleTimeoutMs, proxies } = settings;
  const credential = { origin: new URL(endpoint).origin, token };
  const response = await sendRequest(url, { headers: {}, ...options, credential, proxies, idleTimeoutMs });
  if (response.status < 400) return response;
  await drain(response);
  throw hubError(response, model, settings);
}
