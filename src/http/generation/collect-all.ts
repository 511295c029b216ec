import { setMaxListeners } from 'node:events';
import type { TextGenerationRequest } from '../../text/types.ts';
import type { RequestContext } from '../route.ts';
import { type CollectedGeneration, collectGeneration } from './collect-generation.ts';
import { runGeneration } from './run-generation.ts';

/** Runs generations side by side. When one fails, the others are aborted. */
export async function collectAll(
  requests: readonly TextGenerationRequest[],
  context: RequestContext,
): Promise<CollectedGeneration[]> {
  const failure = new AbortController();
  const signal = AbortSignal.any([context.signal, failure.signal]);
  setMaxListeners(0, signal);
  try {
    return await Promise.all(requests.map((request) => collectGeneration(runGeneration(request, context, signal))));
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}
