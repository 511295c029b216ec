import { parentPort, workerData } from 'node:worker_threads';

const { loadModelEntry, openRuntimeEntry, folder, promptIds, numTokens, rounds, isEndless } = workerData;
const { openRuntime } = await import(openRuntimeEntry);
const { loadModel } = await import(loadModelEntry);

/** Generates greedily again and again, each time in a runtime of its own, and posts the ids; or runs without an end. */
for (let round = 0; round < rounds; round++) {
  const runtime = await openRuntime({ kind: 'c-api' });
  const { model } = await loadModel({ folder, runtime, numSlots: 1, maxPositions: 128, numThreads: 1 });
  let logits = await model.prefill({ slot: 0, start: 0, tokens: promptIds, logits: 'last' });
  if (isEndless) {
    parentPort.postMessage('running');
    for (;;) await model.decode([promptIds[0]], [promptIds.length]);
  }
  const ids = [];
  while (ids.length < numTokens) {
    const row = logits.row(0);
    ids.push(row.indexOf(Math.max(...row)));
    logits = await model.decode([ids.at(-1)], [promptIds.length + ids.length - 1]);
  }
  model.dispose();
  runtime.dispose();
  parentPort.postMessage(ids);
}
