import { type Conversing, conversingModel, type ReadCall } from './conversing.ts';

interface Part {
  readonly text?: string;
  readonly thought?: boolean;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args: Record<string, unknown> };
}

/** As Gemini CLI keeps a conversation, without the ids of calls, as older SDKs do. */
export const geminiConversing: Conversing = {
  path: `/v1beta/models/${conversingModel}:generateContent`,
  body: ({ system, history, tools }) => ({
    contents: history,
    ...(system !== undefined && { systemInstruction: { parts: [{ text: system }] } }),
    ...(tools && {
      tools: [
        { functionDeclarations: tools.map(({ name, parameters }) => ({ name, parametersJsonSchema: parameters })) },
      ],
    }),
  }),
  user: (text) => [{ role: 'user', parts: [{ text }] }],
  madeUp: (text) => [{ role: 'model', parts: [{ text }] }],
  results: (results) => [
    {
      role: 'user',
      parts: results.map(({ call, text }) => ({ functionResponse: { name: call.name, response: { output: text } } })),
    },
  ],
  read(body) {
    const parts: readonly Part[] = JSON.parse(body).candidates[0].content.parts;
    const calls = parts.flatMap(({ functionCall }): readonly ReadCall[] =>
      functionCall === undefined
        ? []
        : [{ id: functionCall.id ?? '', name: functionCall.name, input: functionCall.args }],
    );
    const sentBack = parts
      .filter(({ thought }) => thought !== true)
      .map((part) =>
        part.functionCall === undefined
          ? part
          : { functionCall: { name: part.functionCall.name, args: part.functionCall.args } },
      );
    const text = parts.flatMap((part) => (part.thought === true ? [] : [part.text ?? ''])).join('');
    return { text, calls, items: [{ role: 'model', parts: sentBack }] };
  },
};
