import type { ElementType, HostArrays } from './runtime.ts';

interface ElementTypeFacts<T extends ElementType> {
  /** In ONNX's TensorProto.DataType and ONNX Runtime's ONNXTensorElementDataType, which number these alike. */
  readonly code: number;
  readonly bytes: number;
  /** Lays an array over a buffer. */
  readonly array: (buffer: ArrayBuffer, byteOffset: number, length: number) => HostArrays[T];
}

/** What is known of each element type. */
export const elementTypes: { readonly [T in ElementType]: ElementTypeFacts<T> } = {
  float32: { code: 1, bytes: 4, array: (...view) => new Float32Array(...view) },
  uint8: { code: 2, bytes: 1, array: (...view) => new Uint8Array(...view) },
  int8: { code: 3, bytes: 1, array: (...view) => new Int8Array(...view) },
  int32: { code: 6, bytes: 4, array: (...view) => new Int32Array(...view) },
  int64: { code: 7, bytes: 8, array: (...view) => new BigInt64Array(...view) },
  bool: { code: 9, bytes: 1, array: (...view) => new Uint8Array(...view) },
  float16: { code: 10, bytes: 2, array: (...view) => new Uint16Array(...view) },
  bfloat16: { code: 16, bytes: 2, array: (...view) => new Uint16Array(...view) },
};

export function numElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A new array of zeros for a tensor in host memory. */
export function hostArray<T extends ElementType>(type: T, shape: readonly number[]): HostArrays[T] {
  const facts: ElementTypeFacts<T> = elementTypes[type];
  const length = numElements(shape);
  return facts.array(new ArrayBuffer(length * facts.bytes), 0, length);
}
