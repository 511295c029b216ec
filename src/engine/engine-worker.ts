import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type LoadReport, toErrorMessage } from './engine-messages.ts';
import type { EngineSettings } from './engine-settings.ts';
import { loadEngine } from './load-engine.ts';
import { type ServedHooks, serveEngine } from './serve-engine.ts';

/** The engine's worker thread: loads the model, then serves the engine until it is asked to close. */
async function main(port: MessagePort, settings: EngineSettings): Promise<void> {
  const tell = (report: LoadReport) => port.postMessage(report);
  let served: ServedHooks | undefined;
  try {
    const { engine, description, close } = await loadEngine(settings, {
      onProgress: (stage, share) => tell({ type: 'progress', stage, share }),
      onWarning: (message) => tell({ type: 'warning', message }),
      onStep: () => served?.onStep(),
      onRun: (run) => served?.onRun(run),
    });
    served = serveEngine(engine, port, () => void close().then(() => port.close()));
    tell({ type: 'ready', description });
  } catch (error) {
    tell({ type: 'failed', error: toErrorMessage(error) });
    port.close();
  }
}

if (parentPort !== null) await main(parentPort, workerData as EngineSettings);
