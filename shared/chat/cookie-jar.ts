/** Characters that answers may make a Cookie header grow to; the largest that browsers send have 12,000 (qwen-web §8). */
const longestHeader = 16_384;
const setCookieForm = /^\s*([\w!#$%&'*+.^`|~-]+)=([\x21-\x3a\x3c-\x7e]*)\s*(?:;(.*))?$/s;

type Cookie = readonly [name: string, value: string];

/**
 * The cookies of one account at one site. A pasted header stays letter for letter what it was until an answer changes it;
 * then only what was changed differs. Attributes of cookies are not kept: the jar goes to one site only. Secret.
 */
export class CookieJar {
  #header: string;
  readonly #pairs: Cookie[];

  /** @param header in the form of a Cookie header. */
  constructor(header = '') {
    this.#header = header;
    this.#pairs = header.split(';').flatMap(readPair);
  }

  /** What to send; `''` when there is nothing. */
  get header(): string {
    return this.#header;
  }

  /** The cookie's value; of two with one name the first, as servers read them. */
  get(name: string): string | undefined {
    return this.#pairs.find(([known]) => known === name)?.[1];
  }

  /** Sets one cookie, at its old place when it has one. @returns whether that changed anything. */
  set(name: string, value: string): boolean {
    const index = this.#pairs.findIndex(([known]) => known === name);
    const before = this.#pairs[index]?.[1];
    if (before === value) return false;
    if (index === -1) this.#pairs.push([name, value]);
    else this.#pairs[index] = [name, value];
    this.#write();
    return true;
  }

  /**
   * Takes the Set-Cookie headers of an answer. What is malformed, or would make the jar too large, is left out.
   *
   * @param now epoch milliseconds.
   * @returns whether that changed anything.
   */
  learn(setCookies: readonly string[], now: number): boolean {
    let changed = false;
    for (const text of setCookies) {
      const [, name, value, attributes = ''] = setCookieForm.exec(text) ?? [];
      if (name === undefined || value === undefined) continue;
      const fits = this.#header.length + name.length + value.length <= longestHeader;
      const change = hasEnded(attributes, now) ? this.#delete(name) : fits && this.set(name, value);
      changed ||= change;
    }
    return changed;
  }

  #delete(name: string): boolean {
    const index = this.#pairs.findIndex(([known]) => known === name);
    if (index === -1) return false;
    this.#pairs.splice(index, 1);
    this.#write();
    return true;
  }

  #write(): void {
    this.#header = this.#pairs.map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** @returns the value of one cookie among Set-Cookie headers, `undefined` when it is not there or deleted. */
export function readSetCookie(setCookies: readonly string[], name: string): string | undefined {
  const jar = new CookieJar();
  jar.learn(setCookies, Date.now());
  return jar.get(name) || undefined;
}

function readPair(text: string): readonly Cookie[] {
  const pair = text.trim();
  const equals = pair.indexOf('=');
  return equals > 0 ? [[pair.slice(0, equals), pair.slice(equals + 1)]] : [];
}

/** Whether the attributes say that the cookie is over, which is how a server deletes one. Max-Age wins over Expires. */
function hasEnded(attributes: string, now: number): boolean {
  const maxAge = /(?:^|;)\s*max-age=\s*(-?\d+)/i.exec(attributes)?.[1];
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = /(?:^|;)\s*expires=([^;]*)/i.exec(attributes)?.[1];
  return expires !== undefined && Date.parse(expires) <= now;
}
