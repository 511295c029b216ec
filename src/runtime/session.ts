import koffi from 'koffi';
import type { Api, Handle, Out } from './api.ts';
import { createBinding } from './binding.ts';
import { flushingDenormals } from './floating-point.ts';
import type { ExecutionProvider, Session, SessionOptions } from './runtime.ts';
import { configEntries, fatalOnly } from './session-config.ts';
import { check, make } from './status.ts';

const sequentialExecution = 0;

export interface SessionParameters {
  readonly env: Handle;
  readonly model: Uint8Array;
  readonly executionProvider: ExecutionProvider;
  /** Which of the provider's devices. */
  readonly deviceId: number;
  readonly options: SessionOptions;
}

/** @throws runtime */
export function createSession(api: Api, parameters: SessionParameters): Session {
  const { env, model, options } = parameters;
  const settings = make(api, 'creating session options', (out) => api.CreateSessionOptions(out));
  let session: Handle;
  try {
    configure(api, settings, options);
    appendProvider(api, settings, parameters);
    session = make(api, 'creating a session', (out) =>
      flushingDenormals(() => api.CreateSessionFromArray(env, model, model.byteLength, settings, out)),
    );
  } finally {
    api.ReleaseSessionOptions(settings);
  }
  return {
    inputNames: names(api, session, api.SessionGetInputCount, api.SessionGetInputName),
    outputNames: names(api, session, api.SessionGetOutputCount, api.SessionGetOutputName),
    createBinding: () => createBinding(api, session),
    dispose: () => api.ReleaseSession(session),
  };
}

function configure(api: Api, settings: Handle, options: SessionOptions): void {
  const set = (status: Handle | null) => check(api, status, 'setting session options');
  set(api.SetSessionExecutionMode(settings, sequentialExecution));
  set(api.SetSessionLogSeverityLevel(settings, fatalOnly));
  // A memory pattern is kept for each combination of input shapes; prompts have as many as there are lengths.
  set(api.DisableMemPattern(settings));
  if (options.numThreads !== undefined) set(api.SetIntraOpNumThreads(settings, options.numThreads));
  // Denormals slow a multiplication by two orders of magnitude.
  const entries = { ...configEntries(options), 'session.set_denormal_as_zero': '1' };
  for (const [key, value] of Object.entries(entries)) set(api.AddSessionConfigEntry(settings, key, value));
}

function appendProvider(
  api: Api,
  settings: Handle,
  { executionProvider, deviceId }: Pick<SessionParameters, 'executionProvider' | 'deviceId'>,
): void {
  if (executionProvider === 'webgpu') {
    const status = api.SessionOptionsAppendExecutionProvider(settings, 'WebGPU', [], [], 0);
    check(api, status, 'adding the WebGPU provider');
  } else if (executionProvider === 'cuda') {
    const cuda = make(api, 'creating CUDA options', (out) => api.CreateCUDAProviderOptions(out));
    try {
      const status = api.UpdateCUDAProviderOptions(cuda, ['device_id'], [String(deviceId)], 1);
      check(api, status, `choosing CUDA device ${deviceId}`);
      check(api, api.SessionOptionsAppendExecutionProvider_CUDA_V2(settings, cuda), 'adding the CUDA provider');
    } finally {
      api.ReleaseCUDAProviderOptions(cuda);
    }
  }
}

type Count = (session: Handle, out: Out) => Handle | null;
type Name = (session: Handle, index: number, allocator: Handle, out: Out) => Handle | null;

function names(api: Api, session: Handle, count: Count, name: Name): string[] {
  const allocator = make(api, 'getting the allocator', (out) => api.GetAllocatorWithDefaultOptions(out));
  const number: Out = [null];
  check(api, count(session, number), 'counting a graph’s values');
  return Array.from({ length: Number(number[0] ?? 0n) }, (_, index) => {
    const pointer = make(api, 'naming a graph’s values', (out) => name(session, index, allocator, out));
    const text: string = koffi.decode.string(pointer);
    check(api, api.AllocatorFree(allocator, pointer), 'freeing a name');
    return text;
  });
}
