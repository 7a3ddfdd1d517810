/** Prints how many milliseconds it takes to import the file named by the argument. The process must be fresh. */
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const { href } = pathToFileURL(resolve(process.argv[2]));
const start = performance.now();
await import(href);
console.log(performance.now() - start);
