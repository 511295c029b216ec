import { threadId, workerData } from 'node:worker_threads';
import { serveTasks } from '../../../dist/system/worker-tasks.js';

/** Does what a task says: answers, fails, dies, never ends, or waits for 300 ms without a processor. */
serveTasks((task) => {
  if (task === 'fail') throw new Error('this task fails');
  if (task === 'die') process.exit(3);
  if (task === 'throw') setImmediate(() => Promise.reject(new Error('out of the blue')));
  if (task === 'throw') return new Promise(() => {});
  if (task === 'wait') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  while (task === 'spin');
  return { task, threadId, workerData };
});
