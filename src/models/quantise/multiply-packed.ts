import { ParlanceError } from '../../errors/errors.ts';
import type { ElementType } from '../../runtime/runtime.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { GraphBuilder, Value } from '../graph/graph-builder.ts';
import type { DecoderGraph, Multiply } from '../layers/decoder-graph.ts';
import { multiplyFloats } from '../layers/linear.ts';
import type { LinearWeight, Product } from '../layers/product.ts';
import { type BlockForm, type PackedForm, type PackedTensor, packedBytes, packedParts } from './packed-form.ts';

const elementTypes = { F32: 'float32', I64: 'int64', U8: 'uint8', I8: 'int8' } as const satisfies Record<
  PackedTensor['dtype'],
  ElementType
>;

export interface PackedWeights {
  /** With the parts of the packed weights. */
  readonly checkpoint: Checkpoint;
  /** By the weight's name; one that is not here is multiplied in float32. */
  readonly forms: ReadonlyMap<string, PackedForm>;
  /** Of MatMulNBits: 1 keeps activations in float32, 4 rounds them to 8 bits, block by block. */
  readonly accuracyLevel: 1 | 4;
}

/** Multiplies by packed weights, which are mapped from their file. */
export function multiplyPacked({ checkpoint, forms, accuracyLevel }: PackedWeights): Multiply {
  const part = (graph: GraphBuilder, tensor: PackedTensor) => packedPart(graph, checkpoint, tensor);
  const rows = new Map<Value, QuantisedRows>();
  return (model, x, product) => {
    const { weight, bias, result } = product;
    const form = forms.get(weight.name);
    if (form === undefined) return multiplyFloats(model, x, product);
    const parts = packedParts(weight, form);
    const { graph } = model;
    const values = part(graph, parts.values);
    const scales = part(graph, parts.scales);
    if (form.kind === 'channels') {
      const quantised = rows.get(x) ?? quantiseRows(model, x);
      rows.set(x, quantised);
      return multiplyChannels(model, quantised, { ...product, values, scales });
    }
    const zeroPoints = parts.zeroPoints && part(graph, parts.zeroPoints);
    const ordered = parts.order ? graph.node('Gather', [x, part(graph, parts.order)], { attributes: { axis: 1 } }) : x;
    return graph.node(
      'MatMulNBits',
      [ordered, values, scales, zeroPoints, undefined, bias],
      { domain: 'com.microsoft', attributes: blockAttributes(weight, form, accuracyLevel) },
      result,
    );
  };
}

function blockAttributes({ inputs, outputs }: LinearWeight, { bits, blockSize }: BlockForm, accuracyLevel: number) {
  return { K: inputs, N: outputs, bits, block_size: blockSize, accuracy_level: accuracyLevel };
}

/** Rows of activations in 8 bits, each as wide as its largest number. */
interface QuantisedRows {
  /** [T, inputs] uint8 around 128, in steps of 1 / 127 of `width` */
  readonly values: Value;
  /** [T, 1] float32 */
  readonly width: Value;
}

const rowStep = Math.fround(1 / 127);
/** Keeps a row of zeros from being divided by zero. */
const leastWidth = 1e-30;

function quantiseRows({ graph }: DecoderGraph, x: Value): QuantisedRows {
  const largest = graph.node('ReduceMax', [graph.node('Abs', [x]), graph.int64([1])], { attributes: { keepdims: 1 } });
  const width = graph.node('Max', [largest, float32(graph, 'least_width', leastWidth)]);
  const values = graph.node('QuantizeLinear', [graph.node('Div', [x, width]), rowScale(graph), rowZero(graph)]);
  return { values, width };
}

const rowScale = (graph: GraphBuilder) => float32(graph, 'row_step', rowStep);
/** Unsigned activations: x86 processors without AMX have no instruction that multiplies signed ones, and ONNX Runtime's
 * own loop in its place takes ten times as long. */
const rowZero = (graph: GraphBuilder) => graph.initializer('row_zero', 'uint8', [], Uint8Array.of(128));

function multiplyChannels(
  { graph }: DecoderGraph,
  { values: rows, width }: QuantisedRows,
  { values, scales, bias, result }: Product & { readonly values: Value; readonly scales: Value },
): Value {
  const product = graph.node('MatMulIntegerToFloat', [rows, values, rowScale(graph), scales, rowZero(graph)], {
    domain: 'com.microsoft',
  });
  const scaled = graph.node('Mul', [product, width], {}, bias === undefined ? result : undefined);
  return bias === undefined ? scaled : graph.node('Add', [scaled, bias], {}, result);
}

function float32(graph: GraphBuilder, name: string, value: number): Value {
  return graph.initializer(name, 'float32', [], Float32Array.of(value));
}

/** @throws invalid_checkpoint where a part is missing or misshapen */
function packedPart(graph: GraphBuilder, { folder, tensors }: Checkpoint, part: PackedTensor): Value {
  const { name, dtype, shape } = part;
  const stored = tensors.get(name);
  if (stored?.dtype !== dtype || stored.shape.join() !== shape.join() || stored.byteLength !== packedBytes(part))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${stored?.file ?? folder}: expected a tensor ${name} of ${dtype} [${shape}], found ${stored ? `${stored.dtype} [${stored.shape}]` : 'none'}`,
    );
  return graph.externalInitializer(name, elementTypes[dtype], shape, stored);
}
