import type { Automaton } from './automaton.ts';

/** A grammar ready for use. Its arrays are in shared memory: handing it to another thread copies nothing. */
export interface CompiledGrammar {
  /** The same for the same grammar: what is kept for one is found by it. */
  readonly key: string;
  readonly automaton: Automaton;
  /** Size of the arrays. */
  readonly numBytes: number;
}

export function shareGrammar(key: string, automaton: Automaton): CompiledGrammar {
  const { edgeStarts, edgeLabels, edgeTargets, edgeReturns, isAccepting, distances } = automaton;
  const arrays = { edgeStarts, edgeLabels, edgeTargets, edgeReturns, isAccepting, distances };
  const numBytes = Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const shared: Automaton = {
    ...automaton,
    edgeStarts: sharedIntegers(edgeStarts),
    edgeLabels: sharedIntegers(edgeLabels),
    edgeReturns: sharedIntegers(edgeReturns),
    edgeTargets: sharedFloats(edgeTargets),
    distances: sharedFloats(distances),
    isAccepting: sharedBytes(isAccepting),
  };
  return { key, automaton: shared, numBytes };
}

function sharedIntegers(array: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function sharedFloats(array: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function sharedBytes(array: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
