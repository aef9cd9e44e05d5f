// A thread that helps a build without a cache.
import { parentPort, workerData } from 'node:worker_threads';
import { Helper, type Seat, type Task } from './build-share.js';

const helper = new Helper(workerData as Seat);
parentPort?.on('message', (task: Task) => parentPort?.postMessage(helper.do(task)));
