import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A stand-in for SSM Parameter Store: the two calls that the gateway makes, over SSM's own wire form. */
export interface ParameterStore {
  readonly url: string;
  readonly parameters: Map<string, { readonly value: string; readonly type: string }>;
  /** The operations asked for so far, as `GetParameter`. */
  readonly asked: string[];
  /** Called before each answer; throw to answer with a server error, or wait to hold the answer back. */
  intercept: (operation: string) => Promise<void> | void;
  close(): Promise<void>;
}

interface ParameterRequest {
  readonly Name: string;
  readonly Value?: string;
  readonly Type?: string;
  readonly Overwrite?: boolean;
  readonly WithDecryption?: boolean;
}

/** Starts the stand-in on a free loopback port. */
export async function startParameterStore(): Promise<ParameterStore> {
  const parameters: ParameterStore['parameters'] = new Map();
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('AmazonSSM.', '');
    const body: ParameterRequest = JSON.parse(await text(request));
    store.asked.push(operation);
    let status = 500;
    let answer: object = { __type: 'InternalServerError', message: 'on purpose' };
    try {
      await store.intercept(operation);
      [status, answer] = operation === 'PutParameter' ? put(body) : get(body);
    } catch {
      // The answer stays the server error.
    }
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  });

  const get = ({ Name, WithDecryption }: ParameterRequest): [number, object] => {
    const parameter = parameters.get(Name);
    if (parameter === undefined) return [400, { __type: 'ParameterNotFound', message: Name }];
    const Value = WithDecryption === true ? parameter.value : 'encrypted';
    return [200, { Parameter: { Name, Type: parameter.type, Value } }];
  };
  const put = ({ Name, Value = '', Type = 'String', Overwrite }: ParameterRequest): [number, object] => {
    if (parameters.has(Name) && Overwrite !== true) return [400, { __type: 'ParameterAlreadyExists', message: Name }];
    parameters.set(Name, { value: Value, type: Type });
    return [200, { Version: 1 }];
  };

  const store: ParameterStore = {
    url: '',
    parameters,
    asked: [],
    intercept: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return Object.assign(store, { url: `http://127.0.0.1:${address.port}` });
}
