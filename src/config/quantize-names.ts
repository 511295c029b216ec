/** What `quantize` may be, and what it comes to here: packed weights, or a checkpoint that is quantised already. */
const meanings = {
  int8: 'int8',
  int4: 'int4',
  w8a8: 'w8a8',
  gptq: 'gptq',
  awq: 'awq',
  bitsandbytes: 'int8',
  eetq: 'int8',
  'bitsandbytes-nf4': 'int4',
  'bitsandbytes-fp4': 'int4',
  fp8: undefined,
  marlin: undefined,
  exl2: undefined,
  'compressed-tensors': undefined,
} as const;

export type QuantizeName = keyof typeof meanings;

export const quantizeNames = Object.keys(meanings) as QuantizeName[];

/** Why some of text-generation-launcher's names mean nothing here. */
const refusals: Partial<Record<QuantizeName, string>> = {
  fp8: 'there are no 8-bit floats here; w8a8 has 8 bits for weights and activations, int8 for weights',
  marlin: 'these are GPU kernels for GPTQ checkpoints; leave it out, and such a checkpoint is served as it is',
  exl2: 'such checkpoints are not served; int4 packs the weights of any other into 4 bits',
  'compressed-tensors': 'such checkpoints are not served; int8 and int4 pack the weights of any other',
};

/** @returns why the name is refused; undefined where it isn't */
export function quantizeRefusal(name: QuantizeName): string | undefined {
  return refusals[name];
}

/** What the weights are packed into as they are loaded, or what the checkpoint has to be quantised by. */
export function quantizeMeaning(name: QuantizeName): (typeof meanings)[QuantizeName] {
  return meanings[name];
}
