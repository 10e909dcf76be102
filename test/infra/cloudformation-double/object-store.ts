import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeXml, type XmlValue } from './xml.ts';

/** S3 as far as the CDK publishes assets: buckets always exist, objects can be put, looked up and fetched. */
export class ObjectStore {
  /** Contents by key. The CDK's one bucket needs no name here. */
  readonly #objects = new Map<string, Buffer>();

  get(key: string): Buffer | undefined {
    return this.#objects.get(key);
  }

  get keys(): readonly string[] {
    return [...this.#objects.keys()];
  }

  /** Answers one request. */
  handle(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    const key = keyOf(request, url);
    if (request.method === 'PUT') this.#put(key, body, response);
    else if (url.searchParams.has('location')) sendXml(response, 'LocationConstraint', {});
    else if (url.searchParams.has('encryption')) sendXml(response, 'ServerSideEncryptionConfiguration', encryption);
    else if (url.searchParams.has('list-type')) this.#list(url.searchParams.get('prefix') ?? '', response);
    else this.#get(key, response);
  }

  #put(key: string, body: Buffer, response: ServerResponse): void {
    this.#objects.set(key, body);
    response.writeHead(200, { etag: '"stored"' }).end();
  }

  #get(key: string, response: ServerResponse): void {
    const object = this.#objects.get(key);
    if (key === '' || object !== undefined) response.writeHead(200).end(object);
    else response.writeHead(404).end();
  }

  #list(prefix: string, response: ServerResponse): void {
    const found = [...this.#objects].filter(([key]) => key.startsWith(prefix));
    const contents = found.map(([key, { length }]) => `<Contents>${writeXml({ Key: key, Size: length })}</Contents>`);
    const body = `${writeXml({ KeyCount: found.length })}${contents.join('')}`;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(`<ListBucketResult>${body}</ListBucketResult>`);
  }
}

const encryption: XmlValue = { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } };

/** The bucket is in the host name or, with an address for a host, the first part of the path. */
function keyOf(request: IncomingMessage, url: URL): string {
  const parts = decodeURIComponent(url.pathname).split('/').slice(1);
  const isBucketInPath = /^[\d.]+(:\d+)?$/.test(request.headers.host ?? '');
  return (isBucketInPath ? parts.slice(1) : parts).join('/');
}

function sendXml(response: ServerResponse, root: string, value: XmlValue): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<${root}>${writeXml(value)}</${root}>`);
}
