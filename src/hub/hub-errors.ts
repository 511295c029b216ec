import { ParlanceError } from '../errors/errors.ts';
import { describeUrl, type HttpResponse } from './http-request.ts';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';

/** Says what a refusal of the Hub means and what can be done.
 * @see https://github.com/huggingface/huggingface_hub/blob/v0.36.2/src/huggingface_hub/utils/_http.py for the codes */
export function hubError(
  response: HttpResponse,
  { id, revision }: HubModel,
  { endpoint, token }: HubSettings,
): ParlanceError {
  const { status, headers, url } = response;
  const code = headers.get('x-error-code');
  const says = headers.get('x-error-message') ?? '';
  const page = `${endpoint}/${id}`;
  const invalid = (param: string, message: string) => new ParlanceError('invalid_setting', message, { param });
  if (says === 'Invalid credentials in Authorization header')
    return invalid(
      'HF_TOKEN',
      `${endpoint} does not know the token in HF_TOKEN: make one at ${endpoint}/settings/tokens`,
    );
  if (code === 'GatedRepo')
    return invalid(
      'HF_TOKEN',
      token === undefined
        ? `${id} is gated: accept its terms at ${page}, and set HF_TOKEN to a token of the account that did`
        : `${id} is gated, and the account of HF_TOKEN has no access: ask for it at ${page}` +
            (says === '' ? '' : ` (the Hub says: ${says})`),
    );
  if (code === 'RevisionNotFound')
    return invalid('revision', `${id} has no revision ${revision}: ${page}/tree/main lists its branches and tags`);
  if (code === 'EntryNotFound') return invalid('model-id', `${id} has no file at ${describeUrl(url)}`);
  if (code === 'RepoNotFound' || (status === 401 && code === null) || (status === 404 && code === null))
    return invalid(
      'model-id',
      `there is no model ${id} on ${endpoint}, or it is private: check its name; if it is private, set HF_TOKEN to ` +
        `a token that may read it${token === undefined ? '' : ' (the one that is set may not)'}`,
    );
  return new ParlanceError(
    'download_failed',
    `${describeUrl(url)} answered ${status}${says === '' ? '' : `: ${says}`}${
      status === 403 ? '; check what the token in HF_TOKEN may read' : ''
    }`,
  );
}
