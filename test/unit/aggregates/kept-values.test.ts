// What statistical functions keep of an event does not keep the block of the file that the event stood in.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { aggregate } from '../../../src/evaluator-runtime.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const blocks = 40;
const megabyte = 1 << 20;

it.each(['first', 'last', 'earliest', 'latest', 'list', 'values', 'dc', 'mode', 'min', 'max'])(
  '%s',
  (name) => {
    const { start, add, finish } = aggregate(name);
    collect();
    const before = process.memoryUsage().heapUsed;
    const groups = Array.from({ length: blocks }, (_, index) => {
      const block = `${`${index}`.padStart(40, 'k')}${Buffer.alloc(megabyte, 'x').toString('latin1')}`;
      const state = add(start(), block.slice(0, 40), index);
      return add(state, [block.slice(1, 41), block.slice(0, 40)], index);
    });
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan((blocks * megabyte) / 4);
    expect(finish(groups[0])).not.toBeNull();
  },
);
