import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../../local/store/listen-on-loopback.ts';
import { hearAnswers } from '../../support/secret-watch/hear-answers.ts';
import { hearOutput } from '../../support/secret-watch/hear-output.ts';
import { noteBody, noteSettings } from '../../support/secret-watch/hear-secrets.ts';
import { Recording } from '../../support/secret-watch/recording.ts';
import { scanRecordings } from '../../support/secret-watch/scan-recordings.ts';
import { call } from '../local/http-call.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

const answer = (id: string, body: string) => `HTTP/1.1 200 OK\r\nx-request-id: ${id}\r\n\r\n${body}`;

describe('a scan of recordings', () => {
  it('counts, and names gateway and place of each secret', async () => {
    const folder = await temporaryFolder();
    const clean = new Recording(folder, 'a clean one');
    clean.line('nothing');
    clean.answers(Buffer.from(answer('id-0', 'nothing')));
    const leaking = new Recording(folder, 'a leaking one');
    leaking.secret('first-secret');
    clean.secret('other-secret');
    leaking.line('one\ntwo');
    leaking.line('three first-secret');
    leaking.answers(Buffer.from(answer('id-1', 'good') + answer('id-2', 'Zmlyc3Qtc2VjcmV0')));
    leaking.answers(Buffer.from(answer('id-3', 'of another gateway: other-secret')));
    await Promise.all([clean.close(), leaking.close()]);
    const { leaks, ...counts } = await scanRecordings(folder);
    expect(counts).toMatchObject({ gateways: 2, lines: 4, answers: 4, secrets: 2 });
    expect(leaks).toEqual([
      { gateway: 'a leaking one', place: 'log line 3' },
      { gateway: 'a leaking one', place: 'answer 2 (HTTP/1.1 200 OK, id-2)' },
      { gateway: 'a leaking one', place: 'answer 3 (HTTP/1.1 200 OK, id-3)' },
    ]);
  });
});

describe('the ears', () => {
  it('hear all answers of one server, in pieces and over raw sockets, and no other server’s', async () => {
    const serve = (name: string) =>
      createServer((request, response) => {
        response.write(`${name} `);
        response.end(Buffer.from(request.url ?? ''));
      });
    const [heard, other] = [serve('heard'), serve('other')];
    onTestFinished(() => void [heard.close(), other.close()]);
    const [port, otherPort] = [await listenOnLoopback(heard, 0), await listenOnLoopback(other, 0)];
    const said: string[] = [];
    const stop = hearAnswers(port, (bytes) => said.push(bytes.toString()));
    expect((await call(`http://127.0.0.1:${port}/by-client`)).text).toBe('heard /by-client');
    await call(`http://127.0.0.1:${otherPort}/elsewhere`);
    const socket = connect(port, '127.0.0.1');
    socket.end('GET /by-socket HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n').resume();
    await once(socket, 'close');
    stop();
    await call(`http://127.0.0.1:${port}/too-late`);
    const all = said.join('\n');
    for (const text of ['HTTP/1.1 200 OK', 'heard ', '/by-client', '/by-socket']) expect(all).toContain(text);
    for (const text of ['other', '/too-late']) expect(all).not.toContain(text);
  });

  it('hear what functions write in this process, until they stop', () => {
    const heard: string[] = [];
    const stop = hearOutput((text) => heard.push(text));
    process.stdout.write('{"time":"t","level":"debug","message":"heard"}\n');
    stop();
    process.stdout.write('');
    expect(heard).toEqual(['{"time":"t","level":"debug","message":"heard"}\n']);
  });

  it('note what settings and bodies of the admin API hold', () => {
    const noted = new Set<string>();
    const note = (secret: string) => void noted.add(secret);
    noteSettings({ API_KEY: 'sk-one, sk-two', ACCOUNTS: 'a@example.com:pass:word', PORT: '1' }, note);
    noteBody(
      JSON.stringify({
        email: 'a@b.c',
        password: 'quo"te',
        proxyUrl: 'http://u%40:pw@host:1',
        cookie: 'a=one; b=two=2',
      }),
      note,
    );
    for (const secret of ['sk-one', 'sk-two', 'pass:word', 'quo"te', 'u@', 'pw', 'one', 'two=2']) {
      expect(noted).toContain(secret);
    }
    for (const open of ['a@example.com', 'a@b.c', '1']) expect(noted).not.toContain(open);
  });
});
