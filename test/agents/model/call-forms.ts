import type { WantedCall } from './choose-call.ts';

/** A way of writing a call. */
export interface CallForm {
  readonly name: string;
  write(call: WantedCall): string;
}

/** As the instructions ask for it. */
export const goodForm: CallForm = {
  name: 'as asked',
  write: (call) => `I take the next step.\n\n${inMarkers(json(call))}`,
};

/** What models make of it instead (qwen-web §9.3). */
export const sloppyForms: readonly CallForm[] = [
  { name: 'a code fence within the markers', write: (call) => inMarkers(`\`\`\`json\n${json(call)}\n\`\`\``) },
  { name: 'trailing commas', write: (call) => inMarkers(json(call).replace(/\}\}$/, ',},}')) },
  { name: 'the name in another case', write: (call) => inMarkers(json({ ...call, name: otherCase(call.name) })) },
  { name: 'arguments as a text', write: (call) => inMarkers(encoded(call)) },
  { name: 'no end: brace and marker missing', write: (call) => `[tool_call]\n${json(call).slice(0, -1)}` },
  { name: 'the tags of other models', write: (call) => `<tool_call>\n${json(call)}\n</tool_call>` },
  {
    name: 'another key for the arguments',
    write: (call) => inMarkers(json(call).replace('"arguments"', '"parameters"')),
  },
  { name: 'raw line breaks in texts', write: (call) => inMarkers(json(call).replaceAll('\\n', '\n')) },
  {
    name: 'words before and after',
    write: (call) => `First I look.\n${inMarkers(json(call))}\n\nI wait for the result.`,
  },
  { name: 'nothing but a code fence', write: (call) => `\`\`\`json\n${json(call)}\n\`\`\`` },
];

function json({ name, arguments: values, input }: WantedCall): string {
  return JSON.stringify(input === undefined ? { name, arguments: values } : { name, input });
}

function encoded({ name, arguments: values }: WantedCall): string {
  return JSON.stringify({ name, arguments: JSON.stringify(values) });
}

function inMarkers(text: string): string {
  return `[tool_call]\n${text}\n[/tool_call]`;
}

function otherCase(name: string): string {
  const lower = name.toLowerCase();
  return lower === name ? name.toUpperCase() : lower;
}
