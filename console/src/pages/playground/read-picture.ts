/** Reads files that are pictures, as data URLs; others are left out. */
export function readPictures(files: Iterable<File>): Promise<readonly string[]> {
  return Promise.all([...files].filter(({ type }) => type.startsWith('image/')).map(readPicture));
}

function readPicture(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
