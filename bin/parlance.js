#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// V8 would let a heap grow to several times what is alive before it looks for garbage; a server among others on its
// machine had better look earlier: after each fifth more.
setFlagsFromString('--heap-growing-percent=20');
const { main } = await import('../dist/cli/main.js');

await main(process.argv);
