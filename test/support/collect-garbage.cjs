/** Preloaded into a process, it collects garbage in each of its threads all the time: what memory it then takes, it holds. */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
setInterval(collect, 200).unref();
