const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * The names of the files in a zip archive.
 *
 * @throws Error when the bytes are no zip archive.
 */
export function listZipEntries(archive: Buffer): string[] {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('Not a zip archive');
  const names: string[] = [];
  let position = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(position) !== directoryEntry) throw new Error('Broken zip directory');
    const nameLength = archive.readUInt16LE(position + 28);
    const extraLength = archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
    names.push(archive.toString('utf8', position + 46, position + 46 + nameLength));
    position += 46 + nameLength + extraLength;
  }
  return names;
}
