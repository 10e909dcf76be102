import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StalledAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { InvalidMediaError } from '../../../shared/files/media-errors.ts';
import { WebFetcher, type WebFetcherOptions } from '../../../shared/files/web-fetcher.ts';

const never = new AbortController().signal;
const field = 'messages[0].content[0].image_url.url';

/** A server of this machine under a public name, by a resolver and rules of the test's own. */
async function website(listener: RequestListener, options: WebFetcherOptions = {}) {
  const paths: string[] = [];
  const lookups: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const fetcher = new WebFetcher({
    resolve: async (hostname) => {
      lookups.push(hostname);
      return [{ address: hostname.endsWith('.private.example') ? '127.0.0.2' : '127.0.0.1', family: 4 }];
    },
    mayCall: (called) => called === '127.0.0.1',
    ...options,
  });
  const url = (path: string, host = 'pictures.example') => `http://${host}:${port}${path}`;
  return {
    fetch: (path: string, host?: string) => fetcher.fetch(url(path, host), field, never),
    fetcher,
    url,
    paths,
    lookups,
  };
}

describe('a file of the web', () => {
  it('is fetched, and named by its address', async () => {
    const site = await website((_, response) => response.end('picture'));
    expect(await site.fetch('/a/my%20cat.png?x=1')).toEqual({ bytes: Buffer.from('picture'), name: 'my cat.png' });
    expect(await site.fetch('/%E0%A4')).toMatchObject({ name: '%E0%A4' });
    expect(await site.fetch('/')).toMatchObject({ name: '' });
  });

  it('is asked for plainly: nothing of the gateway but its name is sent', async () => {
    const site = await website((request, response) => response.end(JSON.stringify(request.headers)));
    const { bytes } = await site.fetch('/');
    expect(Object.keys(JSON.parse(bytes.toString())).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it.each([301, 302, 303, 307, 308])('may lie behind redirects with status %i', async (status) => {
    const site = await website(({ url = '' }, response) => {
      const step = Number(url.slice(1));
      if (step < 3) response.writeHead(status, { location: `${step + 1}` }).end('elsewhere');
      else response.end('found');
    });
    expect((await site.fetch('/0')).bytes.toString()).toBe('found');
    expect(site.lookups).toHaveLength(4);
  });

  it('is given up behind a fourth redirect', async () => {
    const site = await website((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(site.fetch('/')).rejects.toThrow(/redirects more than 3 times/);
    expect(site.paths).toHaveLength(4);
  });

  it.each([404, 500, 304, 204, 206])('is none with status %i', async (status) => {
    const site = await website((_, response) => response.writeHead(status).end());
    await expect(site.fetch('/')).rejects.toThrow(new RegExp(`status ${status}`));
  });

  it('that says that it is too large is not read', async () => {
    const site = await website((_, response) => response.writeHead(200, { 'content-length': '1001' }).flushHeaders(), {
      sizeLimit: 1000,
    });
    await expect(site.fetch('/')).rejects.toThrow(/larger than/);
  });

  it('that turns out too large is left', async () => {
    const closed = Promise.withResolvers<void>();
    const site = await website(
      (_, response) => {
        response.once('close', closed.resolve);
        const write = () => response.write(Buffer.alloc(64 * 1024), () => setImmediate(write));
        write();
      },
      { sizeLimit: 1_000_000 },
    );
    await expect(site.fetch('/')).rejects.toThrow(/larger than 1 MB/);
    await closed.promise;
  });

  it('of exactly the limit is taken', async () => {
    const site = await website((_, response) => response.end(Buffer.alloc(1000)), { sizeLimit: 1000 });
    expect((await site.fetch('/')).bytes).toHaveLength(1000);
  });

  it('that breaks off is none', async () => {
    const site = await website((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('only this', () => response.destroy());
    });
    await expect(site.fetch('/')).rejects.toBeInstanceOf(InvalidMediaError);
  });

  it('that does not come is given up after a while', async () => {
    const site = await website((_, response) => void response.write('slow'), { timeLimit: 50 });
    await expect(site.fetch('/')).rejects.toThrow(/took longer than 0.05 s/);
  });

  it('is given up when its request is', async () => {
    const site = await website(() => controller.abort(new StalledAnswerError('over')));
    const controller = new AbortController();
    const fetched = site.fetcher.fetch(site.url('/'), field, controller.signal);
    await expect(fetched).rejects.toBeInstanceOf(StalledAnswerError);
  });

  it.each(['ftp://a.example/', 'file:///etc/passwd', 'http://', 'no address', 'http://user:word@pictures.example/'])(
    'has a plain address on the web, not %s',
    async (address) => {
      await expect(new WebFetcher().fetch(address, field, never)).rejects.toMatchObject({ status: 400, param: field });
    },
  );

  it('of an unknown host is none', async () => {
    const unknown = Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
    const fetcher = new WebFetcher({ resolve: () => Promise.reject(unknown) });
    await expect(fetcher.fetch('http://a.example/', field, never)).rejects.toThrow(/ENOTFOUND/);
  });
});

describe('what only the gateway can reach', () => {
  const refused = /not on the public internet/;

  it('is not called under a name', async () => {
    const site = await website((_, response) => response.end());
    await expect(site.fetch('/', 'a.private.example')).rejects.toThrow(refused);
    expect(site.paths).toEqual([]);
  });

  it('is not called when only one of a name’s addresses is private', async () => {
    const site = await website((_, response) => response.end(), {
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    });
    await expect(site.fetch('/')).rejects.toThrow(refused);
    expect(site.paths).toEqual([]);
  });

  it.each(['127.0.0.2', '[::1]', '169.254.169.254', '2130706434'])('is not called by its address: %s', async (host) => {
    const site = await website((_, response) => response.end());
    await expect(site.fetch('/', host)).rejects.toThrow(refused);
    expect(site.lookups).toEqual([]);
  });

  it.each(['http://a.private.example/', 'http://127.0.0.2:1/', 'http://[::ffff:127.0.0.2]/', '//a.private.example/x'])(
    'is not called by a redirect to %s',
    async (location) => {
      const site = await website((_, response) => response.writeHead(302, { location }).end());
      await expect(site.fetch('/')).rejects.toThrow(refused);
      expect(site.paths).toEqual(['/']);
    },
  );

  it.each(['file:///etc/passwd', 'ftp://a.example/', 'http://user:word@pictures.example/'])(
    'is no other kind of address behind a redirect: %s',
    async (location) => {
      const site = await website((_, response) => response.writeHead(302, { location }).end());
      await expect(site.fetch('/')).rejects.toBeInstanceOf(InvalidMediaError);
    },
  );

  it('gains nothing by a name that changes its address after the check', async () => {
    const answers = ['127.0.0.1', '127.0.0.2'];
    let asked = 0;
    const site = await website((_, response) => response.end('public'), {
      resolve: async () => [{ address: answers[asked++] ?? '127.0.0.2', family: 4 }],
    });
    expect((await site.fetch('/')).bytes.toString()).toBe('public');
    expect(asked).toBe(1);
    // The next connection looks the name up again, and checks what it gets.
    await expect(site.fetch('/')).rejects.toThrow(refused);
    expect(site.paths).toHaveLength(1);
  });

  it('is never told in an error', async () => {
    const site = await website((_, response) => response.end());
    const error = await site.fetch('/', 'a.private.example').catch((reason: unknown) => String(reason));
    expect(error).not.toContain('127.0.0.2');
  });

  it('is this machine, by default', async () => {
    const site = await website((_, response) => response.end());
    await expect(new WebFetcher().fetch(site.url('/', 'localhost'), field, never)).rejects.toThrow(refused);
    await expect(new WebFetcher().fetch(site.url('/', '127.0.0.1'), field, never)).rejects.toThrow(refused);
    expect(site.paths).toEqual([]);
  });
});
