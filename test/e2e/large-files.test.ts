import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { mp4File } from '../support/sample-files.ts';

const megabyte = 1_000_000;
const size = 60 * megabyte;
const partSize = 4 * megabyte;
const model = 'qwen3.7-plus';

/** A part of a film: its first box, then what nobody looks at. */
function filmPart(index: number): Buffer {
  const part = Buffer.alloc(partSize, index + 1);
  if (index === 0) mp4File.copy(part);
  return part;
}

/** The most memory that a function's processes have used, of what the runtime reports of each request. */
function peakOf({ lines }: TestGateway, name: string): number {
  const reports = lines.filter((line) => line.startsWith(`[${name}] REPORT`));
  return Math.max(0, ...reports.map((line) => Number(/Max Memory Used: (\d+) MB/.exec(line)?.[1] ?? 0)));
}

describe('a film of 60 MB', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode: 'dev' });
  });
  afterAll(() => gateway.close());

  it('is uploaded in parts and asked about, and no function ever holds it', { timeout: 120_000 }, async () => {
    const { openai } = gateway;
    const md5 = createHash('md5');
    const upload = await openai.uploads.create({
      filename: 'walk.mp4',
      bytes: size,
      mime_type: 'video/mp4',
      purpose: 'user_data',
    });
    const partIds: string[] = [];
    for (let index = 0; index < size / partSize; index += 1) {
      const part = filmPart(index);
      md5.update(part);
      partIds.push((await openai.uploads.parts.create(upload.id, { data: await toFile(part) })).id);
    }
    const { file } = await openai.uploads.complete(upload.id, { part_ids: partIds, md5: md5.digest('hex') });
    const question: OpenAI.ChatCompletionMessageParam = {
      role: 'user',
      content: [{ type: 'file', file: { file_id: file?.id ?? '' } }],
    };
    const answer = await openai.chat.completions.create({ model, messages: [question] });
    expect(answer.choices[0]?.message.content).toContain(`walk.mp4 (video, ${size} bytes)`);
    // A function reports when everything about its request is done.
    await expect.poll(() => peakOf(gateway, 'chat-completions')).toBeGreaterThan(0);
    const peaks = { files: peakOf(gateway, 'files'), chat: peakOf(gateway, 'chat-completions') };
    console.log(
      `a film of ${size / megabyte} MB: files used ${peaks.files} MB at most, chat-completions ${peaks.chat} MB`,
    );
    // Without a film they use some 80 to 130 MB; `files` sends parts of 8 MB on.
    expect(peaks.files).toBeLessThan(220);
    expect(peaks.chat).toBeLessThan(190);
    expect(gateway.simulator.control.violations()).toEqual([]);
  });
});
