import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { isRecord } from '../is-record.ts';
import { isErrno } from '../state/is-errno.ts';

interface Outcome {
  readonly status: number;
  readonly body: object;
}

/**
 * The part of SSM Parameter Store that the gateway uses, over AWS JSON 1.1: GetParameter and PutParameter without
 * overwriting. Parameters are kept in a file that only its owner may read.
 *
 * @param path the file; made with the first parameter.
 */
export function createParameterStore(path: string): Server {
  const parameters = new Map(Object.entries(readParameters(path)));
  const save = async () => {
    const draft = `${path}.new`;
    await writeFile(draft, JSON.stringify(Object.fromEntries(parameters), null, 2), { mode: 0o600, flush: true });
    await rename(draft, path);
  };
  const put = async (name: string, value: string): Promise<Outcome> => {
    if (parameters.has(name)) return refuse('ParameterAlreadyExists', 'The parameter already exists.');
    parameters.set(name, value);
    await save();
    return { status: 200, body: { Version: 1, Tier: 'Standard' } };
  };
  return createServer((request, response) => {
    answer(request, parameters, put)
      .catch((error: unknown) => ({ status: 500, body: { __type: 'InternalServerError', message: String(error) } }))
      .then((outcome) => send(response, outcome));
  });
}

async function answer(
  request: IncomingMessage,
  parameters: ReadonlyMap<string, string>,
  put: (name: string, value: string) => Promise<Outcome>,
): Promise<Outcome> {
  const input: unknown = JSON.parse((await text(request)) || '{}');
  const { Name: name, Value: value, Overwrite: overwrite } = isRecord(input) ? input : {};
  if (typeof name !== 'string') return refuse('ValidationException', 'Name is missing.');
  switch (request.headers['x-amz-target']) {
    case 'AmazonSSM.GetParameter': {
      const stored = parameters.get(name);
      if (stored === undefined) return refuse('ParameterNotFound', `Parameter ${name} not found.`);
      return {
        status: 200,
        body: { Parameter: { Name: name, Type: 'SecureString', Value: stored, Version: 1, DataType: 'text' } },
      };
    }
    case 'AmazonSSM.PutParameter':
      if (typeof value !== 'string' || overwrite === true)
        return refuse('ValidationException', 'Give a Value, and no Overwrite.');
      return put(name, value);
    default:
      return refuse('UnknownOperationException', 'This store knows GetParameter and PutParameter.');
  }
}

function refuse(type: string, message: string): Outcome {
  return { status: 400, body: { __type: type, message } };
}

function send(response: ServerResponse, { status, body }: Outcome): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

function readParameters(path: string): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const entries = isRecord(stored) ? Object.entries(stored) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return {};
    throw error;
  }
}
