import { api } from '../api/api.ts';

/** Hands a text to the browser as a download. It never leaves the page's origin. */
export function saveText(name: string, text: string, type: string): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Fetches an answer with the session and saves it, so that no token is ever in an address. @throws GatewayError */
export async function saveAnswer(name: string, path: string): Promise<void> {
  const response = await api.ask(path);
  saveBlob(name, await response.blob());
}

function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn; a minute is enough for any disk.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
