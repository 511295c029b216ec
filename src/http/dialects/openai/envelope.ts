import type { Services } from '../../services.ts';

/** What every object and every chunk of one answer begins with. */
export interface Envelope {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly system_fingerprint: string;
}

/** @param asked the request's `model`; TGI's clients say `tgi` for whatever is served */
export function createEnvelope(prefix: 'chatcmpl' | 'cmpl', asked: string | undefined, services: Services): Envelope {
  const { model, version } = services.options;
  return {
    id: `${prefix}-${services.newId()}`,
    created: services.clock.epochSeconds(),
    model: asked === undefined || asked === 'tgi' ? model.id : asked,
    system_fingerprint: `parlance-${version}`,
  };
}
