/**
 * Requests of the shape and size that Gemini CLI sends (clients §3), in words of our own: 15 tools, about 6,000 tokens of
 * instructions, a call in the history and its result.
 */

interface Field {
  readonly type: string;
  readonly description: string;
  readonly items?: { readonly type: string };
  readonly minimum?: number;
}

const subjects = [
  'file',
  'folder',
  'search',
  'command',
  'page',
  'note',
  'plan',
  'task',
  'image',
  'diff',
  'branch',
  'test',
  'log',
  'topic',
  'question',
];

/** Names of the declared tools; the first reads files. */
export const cliToolNames: readonly string[] = subjects.map((subject) =>
  subject === 'file' ? 'read_file' : `handle_${subject}`,
);

function fieldsOf(subject: string): Record<string, Field> {
  const about = `of the ${subject}, which has to lie within the folder that the person works in`;
  return {
    file_path: { type: 'string', description: `Where the beginning is ${about}.` },
    instruction: {
      type: 'string',
      description: `What is to be done, in one sentence, so that a reader ${about} understands it.`,
    },
    limits: { type: 'array', items: { type: 'string' }, description: `Patterns that leave out parts ${about}.` },
    start_line: { type: 'integer', minimum: 1, description: `First line ${about}, counted from one.` },
    quiet: { type: 'boolean', description: `Whether nothing is printed ${about}.` },
  };
}

function declarationOf(subject: string, index: number) {
  const advice = `Works on one ${subject}. Use it once the ${subject} is known, and look at the result before going on. `;
  return {
    name: cliToolNames[index],
    description: advice.repeat(3).trim(),
    parametersJsonSchema: { type: 'object', properties: fieldsOf(subject), required: ['file_path'] },
  };
}

function instructions(): string {
  const rules = subjects.flatMap((subject) =>
    ['before', 'while', 'after'].map(
      (moment, index) =>
        `${index + 1}. ${moment} you change a ${subject}, tell in one line what you expect, keep to the style that is there, ` +
        `and ask when two ways are equally good. Never print secrets that a ${subject} may hold, and never guess paths. ` +
        `When a ${subject} can't be changed, say why, and what would help. Keep answers short; the reader sits at a terminal.`,
    ),
  );
  const text = `# How to work\n\n${rules.join('\n\n')}\n\n`;
  return text + text.replaceAll('. ', '; ');
}

/** The second turn of a session: the model has read a file. */
export function geminiCliRequest(prompt = 'repeat: edited') {
  const id = 'call-0001';
  const args = { file_path: '/project/greet.txt' };
  return {
    contents: [
      {
        role: 'user',
        parts: [{ text: '<context>\nlinux, /work holds greet.txt\n</context>' }, { text: 'Make it friendlier.' }],
      },
      {
        role: 'model',
        parts: [
          { text: 'I should look first.', thought: true },
          { functionCall: { id, name: 'read_file', args }, thoughtSignature: 'skip_thought_signature_validator' },
        ],
      },
      {
        role: 'user',
        parts: [{ functionResponse: { id, name: 'read_file', response: { output: 'greeting: hello\n' } } }],
      },
      { role: 'user', parts: [{ text: prompt }] },
    ],
    systemInstruction: { parts: [{ text: instructions() }], role: 'user' },
    tools: [{ functionDeclarations: subjects.map(declarationOf) }],
    generationConfig: { temperature: 1, topP: 0.95, topK: 64, thinkingConfig: { includeThoughts: true } },
  };
}

/** The question that decides which model is used: anything but JSON costs the user 100 seconds (clients §3). */
export function geminiRouterRequest() {
  return {
    contents: [
      { role: 'user', parts: [{ text: '<context>\nlinux\n</context>' }] },
      { role: 'user', parts: [{ text: 'Make it friendlier.' }] },
    ],
    systemInstruction: { parts: [{ text: 'Rate how hard the request is. Answer in JSON only.' }], role: 'user' },
    generationConfig: {
      temperature: 1,
      topP: 0.95,
      topK: 64,
      responseMimeType: 'application/json',
      responseJsonSchema: {
        type: 'OBJECT',
        properties: {
          complexity_reasoning: { type: 'STRING', description: 'Why, in a few words.' },
          complexity_score: { type: 'INTEGER', description: '1 to 100.' },
        },
        required: ['complexity_reasoning', 'complexity_score'],
      },
      thinkingConfig: { includeThoughts: true, thinkingLevel: 'HIGH' },
    },
  };
}
