import { create, toBinary } from '@bufbuild/protobuf';
import { elementTypes } from '../../runtime/element-types.ts';
import type { ElementType } from '../../runtime/runtime.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './generated/onnx_pb.ts';

/** The result of a node, an input or an initialiser. */
export interface Value {
  readonly name: string;
}

/** A dimension: a size, or the name of one that is known when the graph runs. */
export type Dimension = number | string;

/** Integers become INT and INTS; what may be fractional says so by {@link float}. */
type Attribute = number | readonly number[] | Float;

interface Float {
  readonly float: number;
}

export const float = (value: number): Float => ({ float: value });

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: 'com.microsoft';
}

/** A tensor's bytes inside a file. */
export interface ExternalData {
  /** Absolute. */
  readonly file: string;
  readonly byteOffset: number;
  readonly byteLength: number;
}

const irVersion = 10n;
const operatorSets = [
  { domain: '', version: 21n },
  { domain: 'com.microsoft', version: 1n },
];
const externalLocation = 1;
const attributeTypes = { float: 1, int: 2, ints: 7 };

/** Collects the nodes of an ONNX graph, in the order in which they are to run. */
export class GraphBuilder {
  readonly #graph: GraphProto = create(GraphProtoSchema, { name: 'parlance' });
  readonly #constants = new Map<string, Value>();
  readonly #externals = new Map<string, Value>();
  #numNodes = 0;

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#graph.input.push(valueInfo(name, type, shape));
    return { name };
  }

  /** Makes a value an output of the graph, under the name that it has. */
  output(value: Value, type: ElementType, shape: readonly Dimension[]): void {
    this.#graph.output.push(valueInfo(value.name, type, shape));
  }

  /** A node with one output. @param name of the output; made up where it is left out */
  node(operator: string, inputs: readonly (Value | undefined)[], options: NodeOptions = {}, name?: string): Value {
    const output = name ?? `${operator}_${this.#numNodes}`;
    this.nodeWithOutputs(operator, inputs, [output], options);
    return { name: output };
  }

  /** A node with several outputs; an output named '' is not computed. */
  nodeWithOutputs(
    operator: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly string[],
    { attributes = {}, domain }: NodeOptions = {},
  ): void {
    this.#graph.node.push(
      create(NodeProtoSchema, {
        opType: operator,
        name: `${operator}_${this.#numNodes++}`,
        input: inputs.map((input) => input?.name ?? ''),
        output: [...outputs],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
        domain: domain ?? '',
      }),
    );
  }

  /** A name that no other value has. */
  uniqueName(prefix: string): string {
    return `${prefix}_${this.#numNodes}`;
  }

  /** A small constant; equal ones are made once. */
  int64(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    const name = `int64_${shape.join('x')}_${values.join('_')}`;
    const known = this.#constants.get(name);
    return known ?? this.initializer(name, 'int64', shape, BigInt64Array.from(values, BigInt));
  }

  /** A tensor whose bytes travel in the model itself: for what is computed, not for weights.
   * @param data read when the graph is built */
  initializer(name: string, type: ElementType, shape: readonly number[], data: ArrayBufferView): Value {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#graph.initializer.push(
      create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: elementTypes[type].code, rawData }),
    );
    const value = { name };
    this.#constants.set(name, value);
    return value;
  }

  /** A tensor that ONNX Runtime maps from the file where it lies; asked for again, it is the same value. */
  externalInitializer(name: string, type: ElementType, shape: readonly number[], data: ExternalData): Value {
    const known = this.#externals.get(name);
    if (known !== undefined) return known;
    this.#graph.initializer.push(
      create(TensorProtoSchema, {
        name,
        dims: shape.map(BigInt),
        dataType: elementTypes[type].code,
        dataLocation: externalLocation,
        externalData: [
          { key: 'location', value: data.file.replace(/^\//, '') },
          { key: 'offset', value: String(data.byteOffset) },
          { key: 'length', value: String(data.byteLength) },
        ],
      }),
    );
    const value = { name };
    this.#externals.set(name, value);
    return value;
  }

  /** @returns a serialised ModelProto */
  build(): Uint8Array {
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion,
        producerName: 'parlance',
        graph: this.#graph,
        opsetImport: operatorSets,
      }),
    );
  }
}

function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: attributeTypes.int, i: BigInt(value) });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: attributeTypes.float, f: value.float });
  return create(AttributeProtoSchema, { name, type: attributeTypes.ints, ints: value.map(BigInt) });
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { tensorType: { elemType: elementTypes[type].code, shape: { dim } } },
  });
}
