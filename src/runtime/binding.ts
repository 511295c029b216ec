import type { Api, Handle } from './api.ts';
import { flushingDenormals } from './floating-point.ts';
import type { Binding, Tensor } from './runtime.ts';
import { check, make } from './status.ts';
import { nativeTensor } from './tensor.ts';

/** Binds a session's inputs and outputs by an OrtIoBinding.
 * A run is synchronous in the calling thread: on the CPU its work would only move to another thread. */
export function createBinding(api: Api, session: Handle): Binding {
  const binding = make(api, 'creating a binding', (out) => api.CreateIoBinding(session, out));
  // ONNX Runtime holds bare pointers into these arrays: they may not be collected while they are bound.
  const inputs = new Map<string, Tensor>();
  const outputs = new Map<string, Tensor>();
  return {
    bindInput(name, tensor) {
      check(api, api.BindInput(binding, name, nativeTensor(tensor).value), `binding input ${name}`);
      inputs.set(name, tensor);
    },
    bindOutput(name, tensor) {
      check(api, api.BindOutput(binding, name, nativeTensor(tensor).value), `binding output ${name}`);
      outputs.set(name, tensor);
    },
    async run() {
      const status = flushingDenormals(() => api.RunWithBinding(session, null, binding));
      check(api, status, 'running a graph');
      check(api, api.SynchronizeBoundOutputs(binding), 'waiting for outputs');
    },
    dispose() {
      api.ReleaseIoBinding(binding);
      inputs.clear();
      outputs.clear();
    },
  };
}
