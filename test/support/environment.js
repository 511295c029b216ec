import { TestEnvironment } from 'jest-environment-node';

const HOST_TYPES = [
  ArrayBuffer,
  SharedArrayBuffer,
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
];

/** Gives tests the host's typed arrays: a native module checks `instanceof` against the realm that loaded it. */
export default class HostArraysEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of HOST_TYPES) this.global[type.name] = type;
  }
}
