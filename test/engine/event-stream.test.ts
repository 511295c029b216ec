import { describe, expect, it } from '@jest/globals';
import { EventStream } from '../../src/engine/event-stream.ts';

describe('an event stream', () => {
  it('gives events in order, whether they were pushed before or after they were asked for', async () => {
    const stream = new EventStream<number>(() => {});
    stream.push(1);
    const events = [stream.next(), stream.next(), stream.next()];
    stream.push(2);
    stream.end();
    expect(await Promise.all(events)).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
    ]);
  });

  it('throws an error once, after the events before it', async () => {
    const stream = new EventStream<number>(() => {});
    stream.push(1);
    stream.fail(new Error('broken'));
    stream.push(2);
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    await expect(stream.next()).rejects.toThrow('broken');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('drops what was not taken when it is aborted', async () => {
    const stream = new EventStream<number>(() => {});
    stream.push(1);
    stream.abort(new Error('gone'));
    await expect(stream.next()).rejects.toThrow('gone');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('keeps what was pushed when it is aborted after its end', async () => {
    const stream = new EventStream<number>(() => {});
    stream.push(1);
    stream.end();
    stream.abort(new Error('gone'));
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('ends at once when the consumer leaves, even while it waits', async () => {
    let numLeft = 0;
    const stream = new EventStream<number>(() => numLeft++);
    const waiting = stream.next();
    await stream.return();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(numLeft).toBe(1);
  });

  it('says nothing of a consumer that leaves after the end', async () => {
    let numLeft = 0;
    const stream = new EventStream<number>(() => numLeft++);
    stream.end();
    await stream.return();
    expect(numLeft).toBe(0);
  });
});
