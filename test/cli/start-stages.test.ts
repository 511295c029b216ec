import { beforeEach, describe, expect, it } from '@jest/globals';
import { StartStages } from '../../src/cli/process/start-stages.ts';

let nowMs = 5000;
let stages: StartStages;

beforeEach(() => {
  nowMs = 5000;
  stages = new StartStages('finding the model', () => nowMs);
});

describe('the stages of a start', () => {
  it('say what is being done, and for how long', () => {
    nowMs += 200;
    expect(stages.describe()).toBe('finding the model, for 0.2 s, 0.2 s after the start');
    stages.begin('loading the weights');
    nowMs += 3000;
    expect(stages.describe()).toBe('loading the weights, for 3.0 s, 3.2 s after the start');
  });

  it('say how far a stage is that goes on, and count it as one', () => {
    stages.begin('packing the weights', '0 %');
    nowMs += 1000;
    stages.begin('packing the weights', '40 %');
    expect(stages.describe()).toBe('packing the weights (40 %), for 1.0 s, 1.0 s after the start');
    expect(stages.summary()).toBe('finding the model 0.0 s, packing the weights 1.0 s');
  });

  it('sum up to the time since the start', () => {
    for (const [name, ms] of Object.entries({ one: 1000, two: 2500, three: 500 })) {
      stages.begin(name);
      nowMs += ms;
    }
    expect(stages.summary()).toBe('finding the model 0.0 s, one 1.0 s, two 2.5 s, three 0.5 s');
    expect(stages.elapsedMs).toBe(4000);
  });
});
