// The program of one execution environment: a client of the Lambda Runtime API, as small as the protocol allows. It does
// what Lambda's own client for Node was seen to do, traps included: the head goes out with the first write, and
// `end()` without one loses it. It is plain JavaScript, because every environment starts with it.
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true });
const base = '/2018-06-01/runtime';
const integrationType = 'application/vnd.awslambda.http-integration-response';
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
/** What the response stream shares with the request that carries it. */
const delegatedMethods = [
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'emit',
  'listenerCount',
  'cork',
  'uncork',
];
const delegatedProperties = [
  'writable',
  'writableEnded',
  'writableFinished',
  'writableNeedDrain',
  'destroyed',
  'writableLength',
];

// Ctrl-C reaches the whole process group; the runtime decides when an environment ends. It ends with its parent.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[streaming] = true;
    return handler;
  },
  HttpResponseStream: {
    from(stream, metadata) {
      stream.setContentType(integrationType);
      stream.setPrelude(metadata);
      return stream;
    },
  },
};

const handler = await loadHandler();
for (;;) await serveNext();

async function loadHandler() {
  try {
    const [file, name] = process.env._HANDLER.split('.');
    const bundle = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
    if (typeof bundle[name] !== 'function') throw new TypeError(`${process.env._HANDLER} is not a function`);
    return bundle[name];
  } catch (error) {
    console.error(error);
    const body = JSON.stringify(describe(error));
    await call('POST', '/init/error', { 'lambda-runtime-function-error-type': describe(error).errorType }, body);
    process.exit(1);
  }
}

async function serveNext() {
  // The extra header is for the runtime's own report; Lambda measures memory from outside.
  const { headers, body } = await call('GET', '/invocation/next', {
    'x-max-rss-kilobytes': process.resourceUsage().maxRSS,
  });
  const id = headers['lambda-runtime-aws-request-id'];
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  if (handler[streaming]) await answerStreaming(id, JSON.parse(body), context);
  else await answerBuffered(id, JSON.parse(body), context);
}

async function answerBuffered(id, event, context) {
  try {
    const result = await handler(event, context);
    await call('POST', `/invocation/${id}/response`, {}, JSON.stringify(result ?? null));
  } catch (error) {
    console.error(error);
    const { errorType } = describe(error);
    await call(
      'POST',
      `/invocation/${id}/error`,
      { 'lambda-runtime-function-error-type': errorType },
      JSON.stringify(describe(error)),
    );
  }
}

async function answerStreaming(id, event, context) {
  const { stream, fail, taken } = openResponse(id);
  try {
    await handler(event, stream, context);
  } catch (error) {
    console.error(error);
    fail(error);
  }
  // Lambda waits until the response has ended, also when the handler returns before it has ended the stream.
  await taken;
}

function openResponse(id) {
  const { promise: taken, resolve, reject } = Promise.withResolvers();
  const output = request({
    host,
    port,
    agent,
    method: 'POST',
    path: `${base}/invocation/${id}/response`,
    headers: {
      'lambda-runtime-function-response-mode': 'streaming',
      'content-type': 'application/octet-stream',
      'transfer-encoding': 'chunked',
      trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    },
  });
  // An answer that can't be delivered ends the environment, as on Lambda.
  output.on('error', reject);
  output.on('response', (response) => response.resume().on('end', resolve));
  const fail = (error) => {
    const body = describe(error);
    output.addTrailers({
      'lambda-runtime-function-error-type': body.errorType,
      'lambda-runtime-function-error-body': Buffer.from(JSON.stringify(body)).toString('base64'),
    });
    output.end();
  };
  return { stream: responseStream(output), fail, taken };
}

/** A plain object and no Writable, as Lambda's. */
function responseStream(output) {
  let prelude;
  const stream = {
    write(chunk, encoding, callback) {
      if (prelude !== undefined) {
        output.write(JSON.stringify(prelude));
        output.write(new Uint8Array(8));
        prelude = undefined;
      }
      return output.write(
        typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk),
        encoding,
        callback,
      );
    },
    end: (...rest) => output.end(...rest),
    setContentType: (type) => output.setHeader('content-type', type),
    setPrelude: (metadata) => {
      prelude = metadata;
    },
    destroy: (error) => output.destroy(error ?? new Error('The response stream was destroyed.')),
  };
  for (const name of delegatedMethods) {
    stream[name] = output[name].bind(output);
  }
  for (const name of delegatedProperties) {
    Object.defineProperty(stream, name, { get: () => output[name] });
  }
  return Object.assign(stream, { writableHighWaterMark: 64 * 1024 });
}

function describe(error) {
  const trace = error instanceof Error && error.stack ? error.stack.split('\n') : [];
  return { errorType: error?.name ?? typeof error, errorMessage: String(error?.message ?? error), trace };
}

function call(method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const output = request({ host, port, agent, method, path: base + path, headers: { ...headers, ...length } });
    output.on('error', reject);
    output.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
    });
    output.end(body);
  });
}
