import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { dataUri, mp4File, pdfFile, pdfUri, pngFile, pngUri, wavFile } from '../support/sample-files.ts';

const model = 'qwen3.7-plus';
const owners = ['one@example.com', 'two@example.com'];

let gateway: TestGateway;
/** Each test has a picture of its own: the gateway remembers what it has uploaded. */
let number = 0;
beforeAll(async () => {
  gateway = await openGateway({ accounts: owners });
});
beforeEach(() => {
  gateway.simulator.control.heal();
  number += 1;
});
afterAll(() => gateway.close());

const text = (words: string) => ({ type: 'text', text: words });
const picture = (url: string) => ({ type: 'image_url', image_url: { url } });

function ask(content: readonly object[], more: object = {}): Promise<Response> {
  return gateway.request('POST', '/v1/chat/completions', { model, messages: [{ role: 'user', content }], ...more });
}

/** What the answer to a request is, in words; the whole body of an error. */
async function answerTo(content: readonly object[], more: object = {}): Promise<string> {
  const body = await parsed(await ask(content, more));
  return body.choices?.[0].message.content ?? JSON.stringify(body);
}

async function errorOf(response: Response) {
  const { error } = await parsed(response);
  return { status: response.status, ...error };
}

/** The uploads of what a test has sent. */
function uploadsOf(bytes: Buffer) {
  return gateway.simulator.control.uploads().filter((upload) => upload.bytes.equals(bytes));
}

describe('a picture', () => {
  it('as a data URI is uploaded and seen, whole and streamed, and uploaded once', async () => {
    const bytes = pngFile(number);
    const content = [text('What is this?'), picture(pngUri(number))];
    const seen = `With it came: picture.png (image, ${bytes.length} bytes).`;
    // One account has it after the first time; the next request goes to the other.
    for (const stream of [false, true, false, true]) {
      const answer = await gateway.openai.chat.completions.create({
        model,
        messages: [{ role: 'user', content: JSON.parse(JSON.stringify(content)) }],
        stream,
      });
      let said = '';
      if ('choices' in answer) said = answer.choices[0]?.message.content ?? '';
      else for await (const chunk of answer) said += chunk.choices[0]?.delta.content ?? '';
      expect(said).toContain(seen);
    }
    const uploads = uploadsOf(bytes);
    expect(uploads.length).toBeLessThanOrEqual(owners.length);
    expect(new Set(uploads.map(({ account }) => account)).size).toBe(uploads.length);
    expect(uploads[0]).toMatchObject({ contentType: 'image/png', name: 'picture.png' });
    expect(gateway.simulator.control.violations()).toEqual([]);
  });

  it('that comes twice at once in one request is uploaded once', async () => {
    const part = picture(pngUri(number));
    expect(await answerTo([part, part])).toContain('picture.png (image, 71 bytes), picture.png (image, 71 bytes).');
    expect(uploadsOf(pngFile(number))).toHaveLength(1);
  });

  it('that the site holds goes by its address', async () => {
    const before = gateway.simulator.control.uploads().length;
    const answer = await answerTo([text('And this?'), picture('https://cdn.qwenlm.ai/output/blue.png?key=k')]);
    expect(answer).toContain('With it came: blue.png (image).');
    expect(gateway.simulator.control.uploads()).toHaveLength(before);
  });

  it('in a result of a tool is named at its place', async () => {
    const messages = [
      { role: 'user', content: 'Look at my screen.' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { name: 'screen', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'c', content: [text('here:'), picture(pngUri(number))] },
    ];
    const body = await parsed(await gateway.request('POST', '/v1/chat/completions', { model, messages }));
    expect(body.choices[0].message.content).toContain('(attached picture 1: picture.png)');
    expect(body.choices[0].message.content).toContain('With it came: picture.png (image');
  });

  it('is refused for a model that can not see, before any account is asked', async () => {
    const error = await errorOf(await ask([picture(pngUri(number))], { model: 'qwen3.7-max' }));
    expect(error).toMatchObject({ status: 400, code: 'unsupported_parameter' });
    expect(error).toMatchObject({ param: 'messages[0].content[0].image_url.url' });
    expect(uploadsOf(pngFile(number))).toEqual([]);
  });
});

describe('other files', () => {
  it('are uploaded as what they are', async () => {
    const film = Buffer.concat([mp4File, Buffer.from(`${number}`)]);
    const sound = Buffer.concat([wavFile, Buffer.from(`${number}`)]);
    const answer = await answerTo([
      text('Look, listen'),
      { type: 'video_url', video_url: { url: dataUri(film, 'video/mp4') } },
      { type: 'input_audio', input_audio: { data: sound.toString('base64'), format: 'wav' } },
    ]);
    expect(answer).toContain(`video.mp4 (video, ${film.length} bytes), sound.wav (audio, ${sound.length} bytes).`);
  });

  it('that are documents are read before the question is asked', async () => {
    const file = { file_data: pdfUri, filename: 'notes on birds.pdf' };
    const answer = await answerTo([{ type: 'file', file }, text('Summarise it.')]);
    expect(answer).toContain(`With it came: notes on birds.pdf (file, ${pdfFile.length} bytes).`);
    const routes = gateway.simulator.control.requests().map(({ route }) => route);
    expect(routes.lastIndexOf('parse-status')).toBeLessThan(routes.lastIndexOf('completion'));
    expect(gateway.simulator.control.violations()).toEqual([]);
  });
});

describe('what is no such file', () => {
  it.each([
    ['broken base64', 'data:image/png;base64,iVBORw0K*GgoA', /not valid base64/],
    ['a cut-off end', 'data:image/png;base64,iVBORw0KGgoAA', /not valid base64/],
    ['no base64 at all', 'data:image/png,hello', /base64/],
    ['nothing', 'data:image/png;base64,', /empty/],
    ['a web page', dataUri(Buffer.from('<html></html>'), 'image/png'), /bytes are text\/plain/],
    ['a program', dataUri(Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 'image/png'), /no kind that Qwen takes/],
  ])('is refused, naming the field: %s', async (_, url, message) => {
    const error = await errorOf(await ask([text('?'), picture(url)]));
    expect(error).toMatchObject({ status: 400, code: 'invalid_media', param: 'messages[0].content[1].image_url.url' });
    expect(error.message).toMatch(message);
  });
});

describe('an address that only the gateway can reach', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://127.0.0.1:1/a.png',
    'http://2130706433/a.png',
    'http://0x7f.1/a.png',
    'http://0/a.png',
    'http://localhost:1/a.png',
    'http://[::1]/a.png',
    'http://[::ffff:127.0.0.1]/a.png',
    'http://[64:ff9b::7f00:1]/a.png',
    'http://10.0.0.1/a.png',
    'http://192.168.1.1/a.png',
    'http://172.31.0.1/a.png',
    'http://100.100.100.200/latest/meta-data/',
    'http://[fe80::1]/a.png',
  ])('is not called: %s', async (url) => {
    const error = await errorOf(await ask([picture(url)]));
    expect(error).toMatchObject({ status: 400, code: 'invalid_media', param: 'messages[0].content[0].image_url.url' });
    expect(error.message).toContain('not on the public internet');
  });

  it('sees nothing of a request', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end(pngFile());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect((await ask([picture(`http://localhost:${port}/a.png`)])).status).toBe(400);
    expect((await ask([picture(`http://127.0.0.1:${port}/a.png`)])).status).toBe(400);
    expect(calls).toBe(0);
    server.close();
  });
});

describe('a storage that fails', () => {
  it.each(['storage-denied', 'storage-failed', 'parse-failed'] as const)('%s once is not noticed', async (fault) => {
    gateway.simulator.control.fault({ fault });
    const bytes = Buffer.concat([pdfFile, Buffer.from(`${fault}`)]);
    const file = { file_data: dataUri(bytes, 'application/pdf'), filename: 'a.pdf' };
    expect(await answerTo([{ type: 'file', file }])).toContain('a.pdf (file');
  });

  it.each([
    ['storage-denied', 502, 'upstream_unavailable'],
    ['storage-failed', 502, 'upstream_unavailable'],
    ['parse-failed', 400, 'document_unreadable'],
  ] as const)('%s for long is told, and is no account’s fault', async (fault, status, code) => {
    gateway.simulator.control.fault({ fault, times: 10 });
    const bytes = Buffer.concat([pdfFile, Buffer.from(`${fault} for long`)]);
    const file = { file_data: dataUri(bytes, 'application/pdf'), filename: 'a.pdf' };
    for (const stream of [false, true]) {
      expect(await errorOf(await ask([{ type: 'file', file }], { stream }))).toMatchObject({ status, code });
    }
    const { counts } = await parsed(await gateway.request('GET', '/api/status'));
    expect(counts).toMatchObject({ ready: owners.length });
  });
});
