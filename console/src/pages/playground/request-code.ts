/** In what the last request can be shown. */
export const codeLanguages = ['curl', 'Python', 'JavaScript'] as const;

export type CodeLanguage = (typeof codeLanguages)[number];

/** The same request for a shell or a program. The key is not in it: it is read from the variable `API_KEY`. */
export function requestCode(language: CodeLanguage, baseUrl: string, body: object): string {
  const json = JSON.stringify(body, null, 2);
  switch (language) {
    case 'curl':
      return [
        `curl -N ${baseUrl}/v1/chat/completions \\`,
        '  -H "Authorization: Bearer $API_KEY" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '${json.replaceAll("'", "'\\''")}'`,
      ].join('\n');
    case 'Python':
      return [
        'import json, os',
        'from openai import OpenAI',
        '',
        `client = OpenAI(base_url="${baseUrl}/v1", api_key=os.environ["API_KEY"])`,
        `body = json.loads(r'''${json.replaceAll("'''", '\\u0027\\u0027\\u0027')}''')`,
        'known = {"model", "stream", "stream_options", "messages", "tools"}',
        'extra = {name: body.pop(name) for name in list(body) if name not in known}',
        'for chunk in client.chat.completions.create(**body, extra_body=extra):',
        '    if chunk.choices:',
        '        print(chunk.choices[0].delta.content or "", end="", flush=True)',
      ].join('\n');
    case 'JavaScript':
      return [
        "import OpenAI from 'openai';",
        '',
        `const client = new OpenAI({ baseURL: '${baseUrl}/v1', apiKey: process.env.API_KEY });`,
        `const stream = await client.chat.completions.create(${json});`,
        'for await (const chunk of stream) {',
        "  process.stdout.write(chunk.choices[0]?.delta.content ?? '');",
        '}',
      ].join('\n');
  }
}
