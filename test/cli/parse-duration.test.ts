import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { durationOption, intervalOption, parseDuration } from '../../src/cli/settings/parse-duration.ts';

describe('durations of options', () => {
  it.each([
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['30', 30_000],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'soon', '-1s', '1w', '1 2'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow('Expected such as 90s');
  });

  it('are told in the help as they are given, and read in milliseconds', () => {
    const command = new Command('x').addOption(durationOption('--patience <duration>', 'how long to wait', '10m'));
    expect(command.helpInformation()).toContain('how long to wait (default: 10m)');
    expect(command.parse([], { from: 'user' }).opts()).toEqual({ patience: 600_000 });
  });

  it.each(['0', '0.05s', '2d', '30d'])('let nobody ask again every %s', (text) => {
    const command = new Command('x').exitOverride().configureOutput({ writeErr: () => {} });
    command.addOption(intervalOption('', '5s'));
    expect(() => command.parse(['--interval', text], { from: 'user' })).toThrow('Expected from 0.1s to 1d.');
  });
});
