import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { type SettingGroup, settingGroups } from '../../config/setting.ts';
import type { EngineRun } from '../../engine/types.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { Admission } from '../../http/admission.ts';
import type { HttpOptions } from '../../http/options.ts';
import { type ListeningServer, listen } from '../../http/server.ts';
import type { Services } from '../../http/services.ts';
import { Sessions } from '../../http/sessions.ts';
import type { ResolvedModel } from '../../hub/resolve-model.ts';
import { createMetrics, type Metrics } from '../../observability/metrics.ts';
import { findModel } from '../models/find-model.ts';
import { type LoadedGenerator, type LoadOptions, loadGenerator } from '../models/load-generator.ts';
import { percent } from '../models/load-progress.ts';
import { inBytes } from '../output/units.ts';
import { firstSignal } from '../process/first-signal.ts';
import { inSeconds, StartStages } from '../process/start-stages.ts';
import { logPlatform } from '../serving/log-platform.ts';
import { recordRun } from '../serving/record-run.ts';
import { watchCertificates } from '../serving/watch-certificates.ts';
import { httpOptions, listenOptions } from '../settings/http-settings.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { isJson, type StartContext, startContext } from '../settings/start-context.ts';

const REMIND_EVERY_MS = 15_000;

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serves a model. The settings are those of text-generation-launcher, and some more.')
    .addHelpText('after', '\nExample:\n  parlance serve --model-id ./model --port 8080 --max-total-tokens 4096');
  const given = addSettingOptions(command, Object.keys(settingGroups) as SettingGroup[]);
  return command.action(() => serve(startContext(given, process.stdout)));
}

/** Opens the port, finds and loads the model, and serves until the first signal. */
async function serve(context: StartContext): Promise<void> {
  const { settings, log } = context;
  if (settings.env) logPlatform(log);
  const options = httpOptions(context);
  const signal = firstSignal(log);
  const stages = new StartStages('finding the model', () => performance.now());
  const server = await openPort(context, stages);
  log.info(`${server.url} answers 503 until the model is ready`);
  const unwatch = watchCertificates(settings, server, log);
  let onCrash: (error: ParlanceError) => void = () => {};
  const crash = new Promise<ParlanceError>((resolve) => {
    onCrash = resolve;
  });
  try {
    let metrics: Metrics | undefined;
    const onRun = (run: EngineRun) => metrics && recordRun(run, metrics);
    const started = await Promise.race([start(context, stages, { onCrash, onRun }), signal.then(() => undefined)]);
    // The engine's thread may be deep in native code; what has arrived of a download is kept.
    if (started === undefined) process.exit(0);
    const { model, loaded } = started;
    const { id, sha } = model;
    metrics = createMetrics({ ...loaded.generator.limits, statistics: loaded.statistics });
    server.serve(services(loaded, { ...options, model: { id, sha, pipelineTag: null } }, { metrics, log, settings }));
    log.info(`serving ${id} on ${server.url}, ready after ${inSeconds(stages.elapsedMs)}: ${stages.summary()}`);
    const end = await Promise.race([signal, crash]);
    await drain(typeof end === 'string' ? end : undefined, { server, loaded, context });
    if (typeof end !== 'string') throw end;
  } finally {
    unwatch();
    await server.close(0);
  }
}

interface StartedModel {
  readonly model: ResolvedModel;
  readonly loaded: LoadedGenerator;
}

/** Finds and loads the model. The log tells the stages, so that a health check that ran out of patience can be read. */
async function start(
  context: StartContext,
  stages: StartStages,
  hooks: Pick<LoadOptions, 'onCrash' | 'onRun'>,
): Promise<StartedModel> {
  const { log } = context;
  const reminder = setInterval(() => log.info(`still ${stages.describe()}`), REMIND_EVERY_MS);
  try {
    return await load(context, stages, hooks);
  } catch (error) {
    log.info(`the start has failed after ${inSeconds(stages.elapsedMs)}: ${stages.summary()}`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

async function load(
  context: StartContext,
  stages: StartStages,
  hooks: Pick<LoadOptions, 'onCrash' | 'onRun'>,
): Promise<StartedModel> {
  const { settings, log } = context;
  const terminal = process.stdout.isTTY && !isJson(settings) ? process.stdout : undefined;
  const model = await findModel(context, terminal, ({ bytesDone, bytesTotal }) =>
    stages.begin('downloading the model', `${inBytes(bytesDone)} of ${inBytes(bytesTotal)}`),
  );
  log.info(`loading ${model.folder}`);
  const onStage = (stage: string, share?: number) =>
    stages.begin(stage, share === undefined ? undefined : percent(share));
  return { model, loaded: await loadGenerator({ model, context, terminal, onStage, ...hooks }) };
}

async function openPort({ settings, log }: StartContext, stages: StartStages): Promise<ListeningServer> {
  const options = { ...listenOptions(settings), stage: () => stages.describe() };
  try {
    return await listen(options, log);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ParlanceError('invalid_setting', `can't serve on ${options.hostname}:${options.port}: ${reason}`, {
      cause,
    });
  }
}

const newId = () => randomUUID().replaceAll('-', '');
const epochSeconds = () => Math.floor(Date.now() / 1000);

function services(
  { generator }: LoadedGenerator,
  options: HttpOptions,
  { settings, ...shared }: Pick<Services, 'metrics' | 'log'> & Pick<StartContext, 'settings'>,
): Services {
  return {
    generator,
    options,
    sessions: new Sessions({ lifetimeSeconds: settings.sagemakerSessionsExpiration, newId, epochSeconds }),
    admission: new Admission(options.limits.maxConcurrentRequests),
    clock: { now: () => performance.now(), epochSeconds },
    ...shared,
    newId,
  };
}

interface Serving {
  readonly server: ListeningServer;
  readonly loaded: LoadedGenerator;
  readonly context: StartContext;
}

/** Lets the running requests end, then ends the engine. */
async function drain(signal: NodeJS.Signals | undefined, { server, loaded, context }: Serving): Promise<void> {
  const { settings, log } = context;
  const seconds = settings.gracefulTerminationTimeout;
  if (signal) log.info(`${signal}: no new requests are taken; those running have ${seconds} s to finish`);
  await server.close(seconds * 1000);
  await loaded.close();
  log.info('ended');
}
