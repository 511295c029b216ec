import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import {
  addSamplingOptions,
  type SamplingOptions,
  samplingParameters,
} from '../../src/cli/settings/sampling-options.ts';

function parse(...flags: string[]): SamplingOptions {
  const command = new Command('x').exitOverride().configureOutput({ writeErr: () => {} });
  addSamplingOptions(command);
  return command.parse(['node', 'x', ...flags]).opts();
}

describe('the flags of a generation', () => {
  it('become sampling parameters', () => {
    const options = parse('--temperature', '0.7', '--top-k', '5', '--top-p', '0.9', '--repetition-penalty', '1.1');
    expect(samplingParameters(options, 0)).toMatchObject({
      doSample: true,
      temperature: 0.7,
      topK: 5,
      topP: 0.9,
      repetitionPenalty: 1.1,
    });
  });

  it('take the likeliest token at temperature 0, and the default where none is given', () => {
    expect(samplingParameters(parse('--temperature', '0'), 0.7)).toMatchObject({ doSample: false, temperature: 1 });
    expect(samplingParameters(parse(), 0.7)).toMatchObject({ doSample: true, temperature: 0.7 });
  });

  it('keep a seed exact beyond 2^53, up to 2^64 − 1', () => {
    expect(parse('--seed', '18446744073709551615').seed).toBe(18_446_744_073_709_551_615n);
    expect(() => parse('--seed', '18446744073709551616')).toThrow(
      /Expected an integer from 0 up to 18446744073709551615/,
    );
  });

  it('collect stop texts', () => {
    expect(parse('--stop', 'a', '--stop', 'b, c').stop).toEqual(['a', 'b, c']);
  });

  it.each([
    ['--temperature', '-1', 'Expected a number from 0.'],
    ['--temperature', 'hot', 'Expected a number from 0.'],
    ['--top-k', '1.5', 'Expected an integer from 1.'],
    ['--top-p', '0', 'Expected a number above 0 up to 1.'],
    ['--top-p', '1.1', 'Expected a number above 0 up to 1.'],
    ['--max-new-tokens', '0', 'Expected an integer from 1.'],
    ['--seed', '-1', 'Expected an integer from 0'],
  ])('refuse %s %s', (flag, value, message) => {
    expect(() => parse(flag, value)).toThrow(message);
  });
});
