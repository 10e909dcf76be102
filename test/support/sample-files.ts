/** One pixel, different for each number. */
export function pngFile(number = 0): Buffer {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
  // What follows the end of a picture is no part of it, and of its hash it is.
  return Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.from(`${number}`)]);
}

/** The first box of a film. */
export const mp4File = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42', 'latin1');

/** The head and the end of a document. */
export const pdfFile = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n', 'latin1');

/** The head of a sound without any. */
export const wavFile = Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1');

export function dataUri(bytes: Buffer, mediaType: string): string {
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}

export const pngUri = (number = 0): string => dataUri(pngFile(number), 'image/png');
export const pdfUri: string = dataUri(pdfFile, 'application/pdf');
