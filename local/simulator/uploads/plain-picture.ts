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

const skyRows = 40;
/** Where the sea begins, of the whole height. */
const horizon = 0.68;

/** Rows of equal colour, from the top down: a sky that grows light, and the sea. */
const colours = Buffer.from([
  ...Array.from({ length: skyRows }, (_, row) => [88 + 4 * row, 71 + 4 * row, 170 + 2 * row]).flat(),
  ...[64, 54, 150, 54, 45, 130],
]);

/** A PNG of the size that the path of its address tells; one pixel when it tells none. */
export function plainPicture(path: string): Buffer {
  const [, width = '1', height = '1'] = /_(\d{1,4})x(\d{1,4})(?:_display)?\.png$/.exec(path) ?? [];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(Number(width), 0);
  header.writeUInt32BE(Number(height), 4);
  // Eight bits for each pixel's place in the palette, without interlacing.
  header.writeUInt8(8, 8);
  header.writeUInt8(3, 9);
  const rows = Buffer.alloc((Number(width) + 1) * Number(height));
  for (let row = 0; row < Number(height); row += 1) {
    const start = row * (Number(width) + 1);
    rows.fill(colourOf(row / Number(height)), start + 1, start + 1 + Number(width));
  }
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The place in the palette. @param depth from 0 at the top to 1. */
function colourOf(depth: number): number {
  if (depth < horizon) return Math.floor((depth / horizon) * skyRows);
  return depth < (1 + horizon) / 2 ? skyRows : skyRows + 1;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
