import { ParlanceError } from '../errors/errors.ts';
import type { Api, Handle } from './api.ts';
import { elementTypes, hostArray, numElements } from './element-types.ts';
import type { ElementType, HostArrays, HostTensor, Tensor } from './runtime.ts';
import { make } from './status.ts';

/** A tensor that ONNX Runtime knows by an OrtValue. */
export interface NativeTensor extends Tensor {
  readonly value: Handle;
}

/** Lays OrtValues over memory that the caller owns. */
export interface TensorFactory {
  /** @param memory stays owned by the caller, who frees it after the tensor */
  overMemory(type: ElementType, shape: readonly number[], memory: Handle): NativeTensor;
  overArray<T extends ElementType>(
    type: T,
    shape: readonly number[],
    data?: HostArrays[T],
  ): HostTensor<T> & NativeTensor;
}

/** @param memoryInfo says on which device the memory lies */
export function tensorFactory(api: Api, memoryInfo: Handle): TensorFactory {
  function lay(type: ElementType, shape: readonly number[], memory: Handle | ArrayBufferView): Handle {
    const { code, bytes } = elementTypes[type];
    const dims = BigInt64Array.from(shape, BigInt);
    return make(api, `making a ${type} tensor of shape [${shape}]`, (out) =>
      api.CreateTensorWithDataAsOrtValue(memoryInfo, memory, numElements(shape) * bytes, dims, dims.length, code, out),
    );
  }
  return {
    overMemory(type, shape, memory) {
      const value = lay(type, shape, memory);
      return { type, shape, value, dispose: () => api.ReleaseValue(value) };
    },
    overArray(type, shape, data = hostArray(type, shape)) {
      const value = lay(type, shape, data);
      return { type, shape, data, value, dispose: () => api.ReleaseValue(value) };
    },
  };
}

/** @throws runtime for a tensor that another runtime made */
export function nativeTensor(tensor: Tensor): NativeTensor {
  if (isNative(tensor)) return tensor;
  throw new ParlanceError('runtime', `a ${tensor.type} tensor of another runtime can't be bound to this one`);
}

function isNative(tensor: Tensor): tensor is NativeTensor {
  return 'value' in tensor;
}
