import type { MessagePort } from 'node:worker_threads';
import { IdleCollector } from '../system/idle-collector.ts';
import { type EngineCommand, type RequestReport, type StepReport, toErrorMessage } from './engine-messages.ts';
import type { Engine, EngineRun } from './types.ts';

export interface ServedHooks {
  readonly onStep: () => void;
  readonly onRun: (run: EngineRun) => void;
}

/** Serves an engine to the {@link RemoteEngine} at the other end of a port. The events of a step go out as one message.
 * @param onClose called once the other end asks to close; the caller closes the engine
 * @returns what the engine calls after each step and run */
export function serveEngine(engine: Engine, port: MessagePort, onClose: () => void): ServedHooks {
  const requests = new Map<number, AbortController>();
  const collector = new IdleCollector();
  let reports: RequestReport[] = [];
  let runs: EngineRun[] = [];
  let isScheduled = false;
  const flush = () => {
    isScheduled = false;
    const step: StepReport = { type: 'step', reports, statistics: engine.statistics(), runs };
    reports = [];
    runs = [];
    port.postMessage(step);
  };
  // A step's events reach `forward` by way of promises, which all have run when the event loop comes round.
  const onStep = () => {
    if (!isScheduled) setImmediate(flush);
    isScheduled = true;
  };
  const report = (entry: RequestReport) => {
    reports.push(entry);
    onStep();
  };
  const forward = async ({ id, request }: Extract<EngineCommand, { type: 'generate' }>) => {
    const controller = new AbortController();
    requests.set(id, controller);
    collector.work();
    try {
      for await (const event of engine.generate(request, controller.signal)) report({ type: 'event', id, event });
      report({ type: 'end', id });
    } catch (error) {
      // Whoever left expects nothing more.
      if (!controller.signal.aborted) report({ type: 'error', id, error: toErrorMessage(error) });
    } finally {
      requests.delete(id);
      if (requests.size === 0) collector.rest();
    }
  };
  port.on('message', (command: EngineCommand) => {
    if (command.type === 'generate') void forward(command);
    else if (command.type === 'leave') requests.get(command.id)?.abort();
    else onClose();
  });
  return { onStep, onRun: (run) => void runs.push(run) };
}
