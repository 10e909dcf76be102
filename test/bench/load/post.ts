import { Agent, request as send } from 'node:http';

const agent = new Agent({ keepAlive: true });

/**
 * Sends one request and reads the answer to its end.
 *
 * @param body none for a GET.
 * @param least bytes that a right answer has.
 * @throws Error when the answer is another one.
 */
export function post(
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  body: Buffer | undefined,
  least: number,
  method: 'GET' | 'POST' | 'PUT' = body === undefined ? 'GET' : 'POST',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sized = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length };
    const call = send(url, { method, agent, headers: { ...headers, ...sized } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300 && bytes >= least) resolve();
        else reject(new Error(`${url} answered ${statusCode} with ${bytes} bytes.`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
