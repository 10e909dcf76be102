import { crc32, deflateSync } from 'node:zlib';

/** Pixels by ratio, as the site makes them (qwen-web §5.1). */
const sizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  '1:1': [1328, 1328],
  '4:3': [1472, 1140],
  '3:4': [1140, 1472],
  '16:9': [1664, 928],
  '9:16': [928, 1664],
};

/** What a made-up picture's address tells of it, as `1328x1328`. */
export function pictureSize(ratio: string | undefined): string {
  const [width, height] = sizes[ratio ?? ''] ?? [1328, 1328];
  return `${width}x${height}`;
}

/** A gray PNG of the size that the path of its address tells; one pixel when it tells none. */
export function plainPicture(path: string): Buffer {
  const [, width = '1', height = '1'] = /_(\d{1,4})x(\d{1,4})(?:_display)?\.png$/.exec(path) ?? [];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(Number(width), 0);
  header.writeUInt32BE(Number(height), 4);
  // Eight bits of gray, without interlacing.
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((Number(width) + 1) * Number(height), 0x80);
  for (let row = 0; row < Number(height); row += 1) rows[row * (Number(width) + 1)] = 0;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
