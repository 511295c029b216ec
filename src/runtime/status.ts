import { ParlanceError } from '../errors/errors.ts';
import type { Api, Handle, Out } from './api.ts';

/** Takes a status that a call returned.
 * @param doing what failed where it did, such as `creating a session`
 * @throws runtime with ONNX Runtime's message */
export function check(api: Api, status: Handle | null, doing: string): void {
  if (status === null) return;
  const message = api.GetErrorMessage(status);
  api.ReleaseStatus(status);
  throw new ParlanceError('runtime', `ONNX Runtime failed ${doing}: ${message}`);
}

/** Calls a function that makes a handle.
 * @throws runtime with ONNX Runtime's message */
export function make(api: Api, doing: string, call: (out: Out) => Handle | null): Handle {
  const out: Out = [null];
  check(api, call(out), doing);
  if (out[0] === null) throw new ParlanceError('runtime', `ONNX Runtime made nothing ${doing}`);
  return out[0];
}
