/** A Markdown table for people who read a test's output. */
export function markdownTable(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(String).join(' | ')} |`);
  return `\n${lines.join('\n')}\n`;
}
