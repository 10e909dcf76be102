import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

// Loaded into the gateway's process before the gateway. Counts the calls of DynamoDB as they are sent, so that nothing of
// the gateway needs to know, and tells the benchmark when it asks.

const counts: Record<string, number> = {};

subscribe('http.client.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('request' in message)) return;
  if (!(message.request instanceof ClientRequest)) return;
  const target = message.request.getHeader('x-amz-target');
  if (typeof target !== 'string' || !target.startsWith('DynamoDB_')) return;
  const operation = target.slice(target.indexOf('.') + 1);
  counts[operation] = (counts[operation] ?? 0) + 1;
});

process.on('message', (question) => {
  if (question === 'store calls') process.send?.(counts);
});
// Listening alone is no reason to stay.
process.channel?.unref();
