// The worker thread: takes groups of tests and reports every result as it is known.
import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './job.js';
import { openSession, runGroup, type Session } from './run-group.js';

const port = parentPort;
if (port) {
  let session: Session | undefined;
  const tell = (message: FromWorker): void => {
    // Its own value, true, must not be handed on: it would end the group.
    port.postMessage(message);
  };
  port.on('message', async (message: ToWorker) => {
    if (message.kind === 'settings') session = openSession(message.settings);
    else if (session) {
      await runGroup(message.group, session, tell);
      tell({ kind: 'group-done' });
    }
  });
}
