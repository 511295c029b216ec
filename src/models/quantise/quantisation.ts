/** How the linear layers of a checkpoint are kept: `int8` and `int4` are weights in blocks with a scale each, `w8a8` is
 * 8 bits for weights and activations alike. */
export const quantisations = ['int8', 'int4', 'w8a8'] as const;

export type Quantisation = (typeof quantisations)[number];
