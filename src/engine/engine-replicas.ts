import type { EngineSettings } from './engine-settings.ts';
import { ReplicatedEngine } from './replicated-engine.ts';
import { type EngineWorker, type EngineWorkerHooks, startEngineWorker } from './worker-engine.ts';

/** Starts an engine worker for each of `settings`, which differ in where they compute, and lets them serve as one. They
 * load one after another: what can be wrong with the checkpoint is said once, what one leaves on disk helps the next, and
 * each measures what memory those before it left.
 * @param hooks of the replica with this index
 * @throws as {@link startEngineWorker}; then none is left running */
export async function startEngineReplicas(
  settings: readonly [EngineSettings, ...EngineSettings[]],
  hooks: (index: number) => EngineWorkerHooks,
): Promise<EngineWorker> {
  const started: EngineWorker[] = [];
  try {
    for (const [index, one] of settings.entries()) started.push(await startEngineWorker(one, hooks(index)));
  } catch (error) {
    await Promise.all(started.map((worker) => worker.close()));
    throw error;
  }
  return started.length === 1 ? started[0]! : asOneWorker(started);
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
