import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { CloudFormation } from './cloudformation.ts';
import { ObjectStore } from './object-store.ts';
import { performParameterAction } from './parameter-store.ts';
import { ServiceError } from './service-error.ts';
import { performTokenAction } from './token-service.ts';
import { writeXml } from './xml.ts';

/**
 * The services of AWS that `cdk deploy` speaks to, on one loopback port: STS, SSM, S3 and CloudFormation. It creates
 * nothing; it checks that a deployment could be created and remembers what it would consist of.
 */
export class AwsDouble {
  readonly objects = new ObjectStore();
  readonly cloudFormation = new CloudFormation(this.objects);
  /** The names of all calls so far, in order. */
  readonly calls: string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  /** @returns The address for `AWS_ENDPOINT_URL`. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The double has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') this.#answerJson(target, body, response);
    else if (request.headers['content-type']?.includes('x-www-form-urlencoded')) this.#answerQuery(body, response);
    else {
      this.calls.push(`S3 ${request.method}`);
      this.objects.handle(request, new URL(request.url ?? '/', 'http://double'), body, response);
    }
  }

  #answerJson(target: string, body: Buffer, response: ServerResponse): void {
    this.calls.push(target);
    const send = (status: number, value: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value));
    };
    try {
      send(200, performParameterAction(target, body));
    } catch (error) {
      const { code, status, message } = asServiceError(error);
      send(status, { __type: code, message });
    }
  }

  #answerQuery(body: Buffer, response: ServerResponse): void {
    const parameters = new Map(new URLSearchParams(body.toString()));
    const action = parameters.get('Action') ?? '';
    this.calls.push(action);
    try {
      const result = performTokenAction(action) ?? this.cloudFormation.perform(action, parameters);
      const metadata = writeXml({ ResponseMetadata: { RequestId: 'double' } });
      const answer = `<${action}Response><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
      response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
    } catch (error) {
      const { code, status, message } = asServiceError(error);
      const answer = writeXml({ ErrorResponse: { Error: { Type: 'Sender', Code: code, Message: message } } });
      response.writeHead(status, { 'content-type': 'text/xml' }).end(answer);
    }
  }
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('InternalFailure', error instanceof Error ? error.message : 'unknown', 500);
}
