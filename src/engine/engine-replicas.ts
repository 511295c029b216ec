import type { EngineSettings } from './engine-settings.ts';
import { ReplicatedEngine } from './replicated-engine.ts';
import { type EngineWorker, type EngineWorkerHooks, startEngineWorker } from './worker-engine.ts';

/** Starts an engine worker for each of `settings`, which differ in where they compute, and lets them serve as one. The
 * first loads alone: what can be wrong with the checkpoint is said once, and what it leaves on disk helps the others.
 * @param hooks of the replica with this index
 * @throws as {@link startEngineWorker}; then none is left running */
export async function startEngineReplicas(
  settings: readonly [EngineSettings, ...EngineSettings[]],
  hooks: (index: number) => EngineWorkerHooks,
): Promise<EngineWorker> {
  const [first, ...rest] = settings;
  const one = await startEngineWorker(first, hooks(0));
  if (rest.length === 0) return one;
  const others = await Promise.allSettled(rest.map((another, i) => startEngineWorker(another, hooks(i + 1))));
  const started = [one, ...others.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))];
  const failure = others.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await Promise.all(started.map((worker) => worker.close()));
    throw failure.reason;
  }
  return asOneWorker(started);
}

/** @param workers at least one */
function asOneWorker(workers: readonly EngineWorker[]): EngineWorker {
  const engine = new ReplicatedEngine(workers);
  const { limits } = engine;
  return {
    limits,
    description: { ...workers[0]!.description, limits },
    generate: (request, signal) => engine.generate(request, signal),
    statistics: () => engine.statistics(),
    get numOutstanding() {
      return workers.reduce((sum, { numOutstanding }) => sum + numOutstanding, 0);
    },
    isHealthy: () => workers.every((worker) => worker.isHealthy()),
    close: () => engine.close(),
  };
}
