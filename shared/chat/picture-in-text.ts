const markdownImage = /!\[[^\]]*\]\(\s*<?(https?:\/\/[^\s)>]+)/;
const bareAddress = /^\s*(https?:\/\/\S+)\s*$/;

/** @returns the address of the first picture that a text shows in Markdown, or that it consists of. */
export function pictureInText(text: string): string | undefined {
  return (markdownImage.exec(text) ?? bareAddress.exec(text))?.[1];
}
