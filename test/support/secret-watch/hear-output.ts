/** Function lines of these levels are shown beside a test's own output. */
const shownLevels = /"level":"(?:warn|error)"/;

/**
 * Listens to what functions write that run in this process. Their lines of little weight are heard, and shown to nobody.
 *
 * @returns ends the listening.
 */
export function hearOutput(hear: (text: string) => void): () => void {
  const ends = [process.stdout, process.stderr].map((output) => {
    const { write } = output;
    output.write = new Proxy(write, {
      apply(original, self, parameters) {
        const [chunk]: unknown[] = parameters;
        const text = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
        hear(text);
        if (text.startsWith('{"time":') && !shownLevels.test(text)) return true;
        return Reflect.apply(original, self, parameters);
      },
    });
    return () => {
      output.write = write;
    };
  });
  return () => {
    for (const end of ends) end();
  };
}
