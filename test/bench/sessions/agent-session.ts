import type { Opening, Step } from './session-dialects.ts';

/** Characters of results, as coding agents have read files of late: from 2 to 6 KB. */
const shortestResult = 2000;
const resultSpan = 4000;
/** Together with the descriptions, tools of about 60 KB as JSON. */
const toolCount = 22;

const sentence =
  'The function checks its input, writes what has changed, and returns the number of lines that it touched. ';

/** A session's beginning, sized like that of a coding agent which declares all of its tools. */
export function openingOf(session: string): Opening {
  const declared = (name: string, number: number) => ({
    name,
    description: `Tool ${number}. ${sentence.repeat(18)}`,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [
          `parameter_${index}`,
          { type: 'string', description: `Of tool ${number}: ${sentence}` },
        ]),
      ),
    },
  });
  const names = ['edit_file', ...Array.from({ length: toolCount - 1 }, (_, index) => `tool_${index}`)];
  return {
    system: `You are a careful engineer, in session ${session}. ${sentence.repeat(40)}`,
    task: 'Mend the failing test, and tell me what was wrong.',
    tools: names.map(declared),
  };
}

/** The step of a number, always the same. */
export function stepOf(number: number): Omit<Step, 'callId'> {
  const size = shortestResult + ((number * 7919) % resultSpan);
  const line = `${number}: const value${number} = compute(${number * 31}); // ${sentence}\n`;
  return {
    words: `Step ${number}: I look at the next file.`,
    input: { parameter_0: `src/part-${number}.ts`, parameter_1: 'read' },
    result: line.repeat(Math.ceil(size / line.length)).slice(0, size),
  };
}
