import { ParlanceError } from '../errors/errors.ts';
import type { Runtime } from './runtime.ts';

/** A serialised ModelProto of two nodes: GroupQueryAttention of one head over a cache of {@link capacity} positions, and
 * an Add that doubles what it gives. test/runtime/small-graphs.ts makes it, and a test holds these bytes to that. */
export const selfTestModel =
  'CAoSCHBhcmxhbmNlOsMECsgBCgVxdWVyeQoDa2V5CgV2YWx1ZQoIcGFzdF9rZXkKCnBhc3RfdmFsdWUKDWxhc3RfcG9zaXRpb24KBmxlbmd0aB' +
  'IIYXR0ZW5kZWQSC3ByZXNlbnRfa2V5Eg1wcmVzZW50X3ZhbHVlGhVHcm91cFF1ZXJ5QXR0ZW50aW9uXzAiE0dyb3VwUXVlcnlBdHRlbnRpb24q' +
  'EAoJbnVtX2hlYWRzGAGgAQIqEwoMa3ZfbnVtX2hlYWRzGAGgAQI6DWNvbS5taWNyb3NvZnQKKwoIYXR0ZW5kZWQKCGF0dGVuZGVkEgdkb3VibG' +
  'VkGgVBZGRfMSIDQWRkOgASCHBhcmxhbmNlWhsKBXF1ZXJ5EhIKEAgBEgwKAggBCgIIAQoCCAhaGQoDa2V5EhIKEAgBEgwKAggBCgIIAQoCCAha' +
  'GwoFdmFsdWUSEgoQCAESDAoCCAEKAggBCgIICFoiCghwYXN0X2tleRIWChQIARIQCgIIAQoCCAEKAggECgIICFokCgpwYXN0X3ZhbHVlEhYKFA' +
  'gBEhAKAggBCgIIAQoCCAQKAggIWhsKDWxhc3RfcG9zaXRpb24SCgoICAYSBAoCCAFaFAoGbGVuZ3RoEgoKCAgGEgQKAggBYh0KB2RvdWJsZWQS' +
  'EgoQCAESDAoCCAEKAggBCgIICGIlCgtwcmVzZW50X2tleRIWChQIARIQCgIIAQoCCAEKAggECgIICGInCg1wcmVzZW50X3ZhbHVlEhYKFAgBEh' +
  'AKAggBCgIIAQoCCAQKAggIQgQKABAVQhEKDWNvbS5taWNyb3NvZnQQAQ==';

const headDim = 8;
const capacity = 4;
const tolerance = 1e-5;

/** Runs a few tokens through attention whose cache is bound in place, and holds the results against the definition:
 * a library that copied the cache, or whose functions were not those that are called, would answer otherwise.
 * @throws runtime */
export async function selfTest(runtime: Runtime): Promise<void> {
  const session = await runtime.createSession(Buffer.from(selfTestModel, 'base64'), { numThreads: 1 });
  const binding = session.createBinding();
  const cacheBytes = capacity * headDim * Float32Array.BYTES_PER_ELEMENT;
  const block = runtime.reserve(2 * cacheBytes);
  const cache = (offset: number) => block.tensor('float32', [1, 1, capacity, headDim], offset);
  const [keys, values] = [cache(0), cache(cacheBytes)];
  const input = () => runtime.hostTensor('float32', [1, 1, headDim]);
  const [query, key, value, doubled] = [input(), input(), input(), input()];
  const lastPosition = runtime.hostTensor('int32', [1]);
  const length = runtime.hostTensor('int32', [1]);
  const inputs = { query, key, value, past_key: keys, past_value: values, last_position: lastPosition, length };
  for (const [name, tensor] of Object.entries(inputs)) binding.bindInput(name, tensor);
  const outputs = { doubled, present_key: keys, present_value: values };
  for (const [name, tensor] of Object.entries(outputs)) binding.bindOutput(name, tensor);
  try {
    const seen: Token[] = [];
    for (let position = 0; position < capacity; position++) {
      const token = { query: numbers(3 * position), key: numbers(3 * position + 1), value: numbers(3 * position + 2) };
      seen.push(token);
      query.data.set(token.query);
      key.data.set(token.key);
      value.data.set(token.value);
      lastPosition.data[0] = position;
      length.data[0] = position + 1;
      await binding.run();
      compare(doubled.data, attend(token.query, seen), position);
    }
  } finally {
    binding.dispose();
    for (const tensor of [query, key, value, doubled, lastPosition, length, keys, values]) tensor.dispose();
    session.dispose();
    block.dispose();
  }
}

interface Token {
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
}

/** Some numbers in −1 … 1, others for each seed. */
function numbers(seed: number): Float32Array {
  return Float32Array.from({ length: headDim }, (_, index) => Math.sin(1 + seed * headDim + index));
}

function attend(query: Float32Array, seen: readonly Token[]): number[] {
  const scores = seen.map(({ key }) => Math.exp(dot(query, key) / Math.sqrt(headDim)));
  const sum = scores.reduce((total, score) => total + score, 0);
  return Array.from(query, (_, index) =>
    seen.reduce((total, { value }, position) => total + (scores[position]! / sum) * value[index]!, 0),
  );
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((total, x, index) => total + x * b[index]!, 0);
}

function compare(doubled: Float32Array, attended: readonly number[], position: number): void {
  const error = Math.max(...attended.map((x, index) => Math.abs(2 * x - doubled[index]!)));
  // Written so that NaN fails.
  if (!(error < tolerance))
    throw new ParlanceError(
      'runtime',
      `ONNX Runtime's self-test failed: attention at position ${position} is off by ${error}, at most ${tolerance} is allowed`,
    );
}
