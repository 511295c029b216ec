import type { GraphBuilder, Value } from '../graph/graph-builder.ts';
import { dependsOnLength, type RopeShape, ropeFrequencies, writeRotation } from './rope-frequencies.ts';

/** Where attention finds its rotations: in tables by position, or in a row for each token of the run. */
export type Rotary = RotaryTables | RotaryRows;

interface RotaryTables {
  readonly kind: 'tables';
  /** [maxPositions, rotaryDim / 2] float32; so is `sin` */
  readonly cos: Value;
  readonly sin: Value;
}

interface RotaryRows {
  readonly kind: 'rows';
  /** [T, rotaryDim / 2] float32; so is `sin` */
  readonly cos: Value;
  readonly sin: Value;
  /** [batch, sequence] int64: the row of each token */
  readonly rows: Value;
}

/** Whether the attention kernel's own rotation, which knows only tables, can't serve: it rotates in vectors of sixteen. */
export function needsRotaryRows(shape: RopeShape, maxPositions: number): boolean {
  return dependsOnLength(shape, maxPositions) || shape.rotaryDim % 16 !== 0;
}

/** Inputs of a graph with {@link RotaryRows}. */
export const rotaryNames = { cos: 'rotary_cos', sin: 'rotary_sin', rows: 'rotary_rows' };

/** Tables for embeddings that know a position by its number alone. */
export function rotaryTables(graph: GraphBuilder, shape: RopeShape, maxPositions: number): Rotary {
  const frequencies = ropeFrequencies(shape, maxPositions);
  const numPairs = frequencies.inverse.length;
  const cos = new Float32Array(maxPositions * numPairs);
  const sin = new Float32Array(maxPositions * numPairs);
  for (let position = 0; position < maxPositions; position++) {
    const range = [position * numPairs, (position + 1) * numPairs] as const;
    writeRotation(frequencies, position, { cos: cos.subarray(...range), sin: sin.subarray(...range) });
  }
  return {
    kind: 'tables',
    cos: graph.initializer('rotary_cos', 'float32', [maxPositions, numPairs], cos),
    sin: graph.initializer('rotary_sin', 'float32', [maxPositions, numPairs], sin),
  };
}

/** Inputs for rotations that the caller works out for each token. */
export function rotaryInputs(graph: GraphBuilder, { rotaryDim }: RopeShape): Rotary {
  return {
    kind: 'rows',
    cos: graph.input(rotaryNames.cos, 'float32', ['tokens', rotaryDim / 2]),
    sin: graph.input(rotaryNames.sin, 'float32', ['tokens', rotaryDim / 2]),
    rows: graph.input(rotaryNames.rows, 'int64', ['batch', 'sequence']),
  };
}

/** @param x [batch, sequence, heads · headDim] float32 @returns same shape */
export function rotate(graph: GraphBuilder, x: Value, rotary: RotaryRows): Value {
  return graph.node('RotaryEmbedding', [x, rotary.rows, rotary.cos, rotary.sin], {
    domain: 'com.microsoft',
    attributes: { interleaved: 0 },
  });
}
