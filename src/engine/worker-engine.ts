import type { Worker } from 'node:worker_threads';
import { ParlanceError } from '../errors/errors.ts';
import { IdleCollector } from '../system/idle-collector.ts';
import { startWorker } from '../system/start-worker.ts';
import {
  type EngineDescription,
  fromErrorMessage,
  type LoadReport,
  type LoadStage,
  type StepReport,
} from './engine-messages.ts';
import type { EngineSettings } from './engine-settings.ts';
import { RemoteEngine } from './remote-engine.ts';
import type { Replica } from './replicated-engine.ts';
import type { EngineRun } from './types.ts';

export interface EngineWorkerHooks {
  /** @param share of the stage that is done, where it is known */
  readonly onProgress?: (stage: LoadStage, share?: number) => void;
  /** A setting that was lowered, a runtime that was fallen back to. */
  readonly onWarning?: (message: string) => void;
  /** The worker stopped without having been asked to: whatever ran has failed, and so will whatever comes. */
  readonly onCrash?: (error: ParlanceError) => void;
  /** Each run of the model, once its step is over. */
  readonly onRun?: (run: EngineRun) => void;
}

export interface EngineWorker extends Replica {
  readonly description: EngineDescription;
}

/** A step leaves little behind that outlives it: more room would only be filled before it is looked through (with 64
 * streams, 30 MiB more of resident memory). */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/** Starts an engine in a worker thread of its own, since a native run blocks its thread, and loads the model there.
 * @throws unsupported_model, invalid_checkpoint, out_of_memory, runtime: whatever loading throws */
export function startEngineWorker(settings: EngineSettings, hooks: EngineWorkerHooks = {}): Promise<EngineWorker> {
  const worker = startWorker('engine/engine-worker', { workerData: settings, resourceLimits });
  return attachEngineWorker(worker, hooks);
}

/** Waits until a worker that was just started has loaded its engine, then stands for it. */
export async function attachEngineWorker(worker: Worker, hooks: EngineWorkerHooks): Promise<EngineWorker> {
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const description = await loaded(worker, hooks);
  const engine = new RemoteEngine(worker, description.limits);
  let state: 'running' | 'closing' | 'crashed' = 'running';
  const crash = (reason: string) => {
    if (state !== 'running') return;
    state = 'crashed';
    const error = new ParlanceError('generation', `the engine has stopped: ${reason}`);
    engine.fail(error);
    hooks.onCrash?.(error);
  };
  const collector = new IdleCollector();
  worker.on('message', (report: StepReport) => {
    engine.receive(report);
    if (engine.numOutstanding === 0) collector.rest();
    if (hooks.onRun) report.runs.forEach(hooks.onRun);
  });
  worker.on('error', (error) => crash(error.message));
  worker.on('exit', (code) => crash(`its thread ended with code ${code}`));
  return {
    description,
    limits: description.limits,
    generate(request, signal) {
      collector.work();
      return engine.generate(request, signal);
    },
    statistics: () => engine.statistics(),
    get numOutstanding() {
      return engine.numOutstanding;
    },
    isHealthy: () => state === 'running',
    async close() {
      if (state === 'running') {
        state = 'closing';
        await engine.close();
      }
      await exited;
    },
  };
}

function loaded(worker: Worker, { onProgress, onWarning }: EngineWorkerHooks): Promise<EngineDescription> {
  return new Promise((resolve, reject) => {
    const settle = () => worker.removeAllListeners('message').removeAllListeners('error').off('exit', exit);
    const exit = (code: number) => {
      settle();
      reject(new ParlanceError('runtime', `the engine's thread ended with code ${code} while it loaded the model`));
    };
    worker.on('exit', exit);
    worker.on('error', (error) => {
      settle();
      reject(new ParlanceError('runtime', `the engine failed while it loaded the model: ${error.message}`));
    });
    worker.on('message', (report: LoadReport) => {
      if (report.type === 'progress') onProgress?.(report.stage, report.share);
      else if (report.type === 'warning') onWarning?.(report.message);
      else {
        settle();
        if (report.type === 'ready') resolve(report.description);
        else reject(fromErrorMessage(report.error));
      }
    });
  });
}
