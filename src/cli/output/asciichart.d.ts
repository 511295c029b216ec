declare module 'asciichart' {
  /** Draws a line through the values, with an axis at the left. */
  export function plot(
    values: readonly number[],
    config?: { readonly height?: number; readonly format?: (value: number) => string },
  ): string;
}
