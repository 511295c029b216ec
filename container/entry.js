/** The container's process: `parlance` with what a container asks for, in Node's own process, which gets the signals. */
import { hostname } from 'node:os';
import { runProgram } from '../dist/cli/process/run-program.js';
import { createServingProgram } from '../dist/cli/serving-program.js';

// Container engines put the container's name here, where text-generation-launcher reads an address to listen on.
if (process.env.HOSTNAME === hostname()) delete process.env.HOSTNAME;

// The flags of text-generation-launcher alone, as its image takes them, serve as well.
const isLauncherFlag = (argument) =>
  argument.startsWith('-') && !['-h', '--help', '-V', '--version'].includes(argument);
const given = process.argv.slice(2);
const args = given.length === 0 || isLauncherFlag(given[0]) ? ['serve', ...given] : given;

await runProgram(createServingProgram(), [process.execPath, 'parlance', ...args]);
