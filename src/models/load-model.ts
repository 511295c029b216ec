import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Runtime } from '../runtime/runtime.ts';
import type { CausalModel } from './causal-model.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { ModelConfig } from './config.ts';
import { eosTokenIds } from './eos-token-ids.ts';
import type { Decoder } from './families/family.ts';
import { findFamily } from './families/find-family.ts';
import { KvSlots } from './kv-slots.ts';
import { decoderGraph, ropeShape } from './layers/decoder-graph.ts';
import { dependsOnLength } from './layers/rope-frequencies.ts';
import { needsRotaryRows } from './layers/rotary.ts';
import { readModelConfigFile } from './model-config-file.ts';
import { type PreparedWeights, prepareWeights } from './quantise/prepare-weights.ts';
import type { Quantisation } from './quantise/quantisation.ts';
import { SlotModel } from './slot-model.ts';

export interface LoadModelOptions {
  /** Of a Hugging Face checkpoint. */
  readonly folder: string;
  readonly runtime: Runtime;
  /** Sequences that the KV cache has room for. */
  readonly numSlots: number;
  /** Positions of a slot; beyond the checkpoint's own is the caller's risk. */
  readonly maxPositions: number;
  readonly numThreads?: number;
  readonly allowSpinning?: boolean;
  /** Whether weights are copied into the order that the kernels like best: faster runs, but no longer mapped from
   * their file. @default true */
  readonly prepack?: boolean;
  /** What the weights of linear layers are packed into. @default as the checkpoint has them */
  readonly quantisation?: Quantisation;
  /** What the checkpoint has to be quantised by. @default anything */
  readonly storedAs?: 'gptq' | 'awq';
  /** Holds packed weights where the checkpoint's folder can't. @default a folder among the system's temporary files */
  readonly cacheFolder?: string;
  /** @param share of the stage that is done, where it is known */
  readonly onProgress?: (stage: LoadStage, share?: number) => void;
  /** Hears what takes long, and why. */
  readonly onNote?: (note: string) => void;
}

/** What loading does next. */
type LoadStage = 'reading-headers' | 'packing-weights' | 'building-graph' | 'loading-weights' | 'ready';

export interface LoadedModel {
  readonly model: CausalModel;
  readonly config: ModelConfig;
  readonly architecture: string;
  readonly family: string;
  /** Generation ends after any of these. */
  readonly eosTokenIds: readonly number[];
}

/** Loads a checkpoint: its graph is built in memory, its weights are read where they lie.
 * @throws unsupported_model, invalid_checkpoint, invalid_setting, out_of_memory, runtime */
export async function loadModel(options: LoadModelOptions): Promise<LoadedModel> {
  const { folder, onProgress = () => {} } = options;
  onProgress('reading-headers');
  const configFile = await readModelConfigFile(folder);
  const { architecture, family } = findFamily(configFile);
  const decoder = family.read(configFile);
  const ids = await eosTokenIds(folder, configFile);
  const prepared = await prepareWeights({
    decoder,
    checkpoint: await openCheckpoint(folder),
    quantisation: options.quantisation,
    storedAs: options.storedAs,
    cacheFolder: options.cacheFolder ?? path.join(tmpdir(), 'parlance'),
    numWorkers: options.numThreads ?? availableParallelism(),
    onProgress: (share) => onProgress('packing-weights', share),
    onNote: options.onNote ?? (() => {}),
  });
  onProgress('building-graph');
  const graph = buildGraph(decoder, prepared, options.maxPositions);
  onProgress('loading-weights');
  const model = await openSlotModel(graph, decoder.config, options);
  onProgress('ready');
  return { model, config: decoder.config, architecture, family: family.name, eosTokenIds: ids };
}

/** @returns a serialised ModelProto */
function buildGraph(decoder: Decoder, prepared: PreparedWeights, maxPositions: number): Uint8Array {
  const model = decoderGraph({ config: decoder.config, ...prepared, maxPositions });
  decoder.build(model);
  return model.graph.build();
}

async function openSlotModel(graph: Uint8Array, config: ModelConfig, options: LoadModelOptions): Promise<CausalModel> {
  const { runtime, numSlots, maxPositions, numThreads, allowSpinning, prepack = true } = options;
  const { vocabSize, numLayers, numKvHeads, headDim } = config;
  // Before the weights: address space that is not to be had is missed at once.
  const kv = new KvSlots(runtime, { numLayers, numSlots, numKvHeads, maxPositions, headDim });
  const opening = runtime.createSession(graph, {
    ...(numThreads === undefined ? {} : { numThreads }),
    ...(allowSpinning === undefined ? {} : { allowSpinning }),
    configEntries: { 'session.disable_prepacking': prepack ? '0' : '1' },
  });
  const session = await opening.catch((error: unknown) => {
    kv.dispose();
    throw error;
  });
  const rope = ropeShape(config);
  const rotaryRows = needsRotaryRows(rope, maxPositions) ? rope : undefined;
  const sharesPrefixes = !dependsOnLength(rope, maxPositions);
  return new SlotModel({ runtime, session, kv, vocabSize, numSlots, maxPositions, rotaryRows, sharesPrefixes });
}
