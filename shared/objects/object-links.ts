import { SignatureV4 } from '@smithy/signature-v4';
import { bucketRegion, type ObjectEnvironment, objectUrl, signingCredentials } from './object-place.ts';
import { Sha256Hash } from './sha256-hash.ts';

export interface GetLink {
  /** How long the link opens the object; less when the function's own credentials end before. At most a week. */
  readonly seconds: number;
  /** Makes browsers save the object under this name, instead of showing it. */
  readonly fileName?: string;
  /** What the answer calls the object, instead of the type that it was stored with. */
  readonly mediaType?: string;
}

export interface PutLink {
  /** Bytes, exactly. */
  readonly size: number;
  readonly mediaType: string;
  /** How long the link takes the object. At most a week. */
  readonly seconds: number;
}

/** A link for one PUT of one object. */
export interface SignedPut {
  readonly url: string;
  /** To be sent as they are: they are part of the signature. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Links to objects for those who have no credentials. Nothing is sent anywhere. They are signed by the SDK's own signer,
 * which every function has inside its table's client; a client of S3 is ten times as large.
 */
export class ObjectLinks {
  readonly #environment: ObjectEnvironment;
  #signer: SignatureV4 | undefined;

  /** Nothing is read before the first link. */
  constructor(environment: ObjectEnvironment) {
    this.#environment = environment;
  }

  /** @throws ConfigurationError when the deployment gives this function no bucket. */
  signGet(key: string, { seconds, fileName, mediaType }: GetLink): Promise<string> {
    const query = {
      ...(fileName !== undefined && { 'response-content-disposition': attachment(fileName) }),
      ...(mediaType !== undefined && { 'response-content-type': mediaType }),
    };
    return this.#sign('GET', key, seconds, query, {});
  }

  /** @throws ConfigurationError when the deployment gives this function no bucket. */
  async signPut(key: string, { size, mediaType, seconds }: PutLink): Promise<SignedPut> {
    const headers = { 'content-length': String(size), 'content-type': mediaType };
    return { url: await this.#sign('PUT', key, seconds, {}, headers), headers };
  }

  /** @throws ConfigurationError when the deployment gives this function no bucket. */
  signDelete(key: string, { seconds }: Pick<GetLink, 'seconds'>): Promise<string> {
    return this.#sign('DELETE', key, seconds, {}, {});
  }

  async #sign(
    method: string,
    key: string,
    seconds: number,
    query: Record<string, string>,
    headers: Readonly<Record<string, string>>,
  ): Promise<string> {
    const url = objectUrl(this.#environment, key);
    const signed = await this.#openSigner().presign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query,
        // Nobody knows the content yet.
        headers: { ...headers, host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      },
      { expiresIn: seconds },
    );
    const parameters = Object.entries(signed.query ?? {}).map(([name, value]) => `${encode(name)}=${encode(value)}`);
    return `${url.href}?${parameters.join('&')}`;
  }

  #openSigner(): SignatureV4 {
    this.#signer ??= new SignatureV4({
      service: 's3',
      region: bucketRegion(this.#environment),
      credentials: signingCredentials(this.#environment),
      sha256: Sha256Hash,
      // S3 alone takes paths as they are.
      uriEscapePath: false,
      applyChecksum: false,
    });
    return this.#signer;
  }
}

/** As `Content-Disposition` has it: once for those who read letters of ASCII only, once for all others (RFC 6266). */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encode(fileName)}`;
}

function encode(value: string | readonly string[] | null): string {
  const encoded = encodeURIComponent(String(value));
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
