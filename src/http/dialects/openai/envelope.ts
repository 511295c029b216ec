import type { Services } from '../../services.ts';

/** What every object and every chunk of one answer begins with. */
export interface Envelope {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly system_fingerprint: string;
}

/** @param asked the request's `model`, told back whatever it is */
export function createEnvelope(prefix: 'chatcmpl' | 'cmpl', asked: string | undefined, services: Services): Envelope {
  const { model, version } = services.options;
  return {
    id: `${prefix}-${services.newId()}`,
    created: services.clock.epochSeconds(),
    model: asked ?? model.id,
    system_fingerprint: `parlance-${version}`,
  };
}
