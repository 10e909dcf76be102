import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';

// A program: sends a made-up film of so many bytes by the signed PUT that it gets as its argument, in JSON. It prints
// what became of it, with the SHA-256 of the bytes and its own largest memory in bytes.
const { url, headers, size } = JSON.parse(process.argv[2] ?? '{}');
const head = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42', 'latin1');
const block = Buffer.alloc(256 * 1024, 'film ');
const sha256 = createHash('sha256');

function* film(): Generator<Buffer> {
  for (let sent = 0, next = head; sent < size; next = block) {
    const piece = next.subarray(0, size - sent);
    sha256.update(piece);
    sent += piece.length;
    yield piece;
  }
}

const put = request(url, { method: 'PUT', headers });
const answered = new Promise<number>((resolve, reject) => {
  put.once('error', reject);
  put.once('response', (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
});
await pipeline(film, put);
const status = await answered;
const memory = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ status, sha256: sha256.digest('hex'), memory }));
