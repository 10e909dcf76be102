/** What one client is set up with. */
export interface ClientSetup {
  readonly name: string;
  readonly title: string;
  /** In this order. */
  readonly steps: readonly SetupStep[];
}

export interface SetupStep {
  /** The file that the text belongs in; a shell when there is none. */
  readonly file?: string;
  readonly code: string;
}

/** A name of a page in docs/guides, which holds the same texts for the address of a laptop; a test compares them. */
export const guides = {
  curl: 'curl',
  'openai-python': '../../README',
  'openai-node': '../../README',
  anthropic: 'anthropic-sdk',
  gemini: 'gemini',
  'claude-code': 'claude-code',
  codex: 'codex',
  'gemini-cli': 'gemini-cli',
  'qwen-code': 'qwen-code',
  opencode: 'opencode',
} as const satisfies Readonly<Record<string, string>>;

/** Where chat apps take their base URL. */
export const chatApps = [
  { name: 'Open WebUI', place: 'Admin Settings → Connections → OpenAI', version: true },
  { name: 'Cline', place: 'OpenAI Compatible', version: true },
  { name: 'Cursor', place: 'Settings → Models → Override OpenAI Base URL', version: true },
  { name: 'LobeChat', place: 'OPENAI_PROXY_URL', version: true },
  { name: 'Continue', place: 'apiBase', version: true },
  { name: 'NextChat', place: 'BASE_URL', version: false },
] as const;

/** @param base the gateway's address without a slash at its end. */
export function clientSetups(base: string): readonly ClientSetup[] {
  return [...sdks(base), ...agents(base)];
}

function variables(base: string): SetupStep {
  return { code: `export BASE_URL=${base}\nexport API_KEY=sk-...` };
}

function sdks(base: string): readonly ClientSetup[] {
  return [
    { name: 'curl', title: 'curl', steps: [variables(base), { code: curl }] },
    { name: 'openai-python', title: 'OpenAI · Python', steps: [variables(base), { code: openAiPython }] },
    { name: 'openai-node', title: 'OpenAI · Node', steps: [variables(base), { code: openAiNode }] },
    { name: 'anthropic', title: 'Anthropic SDK', steps: [variables(base), { code: anthropic }] },
    { name: 'gemini', title: 'Gemini SDK', steps: [variables(base), { code: gemini }] },
  ];
}

function agents(base: string): readonly ClientSetup[] {
  return [
    { name: 'claude-code', title: 'Claude Code', steps: [{ code: claudeCode(base) }] },
    {
      name: 'codex',
      title: 'Codex',
      steps: [{ file: '~/.codex/config.toml', code: codex(base) }, { code: 'export API_KEY=sk-...' }],
    },
    {
      name: 'gemini-cli',
      title: 'Gemini CLI',
      steps: [{ file: '~/.gemini/settings.json', code: geminiSettings }, { code: geminiCli(base) }],
    },
    { name: 'qwen-code', title: 'Qwen Code', steps: [{ code: qwenCode(base) }] },
    {
      name: 'opencode',
      title: 'opencode',
      steps: [{ file: '~/.config/opencode/opencode.json', code: opencode(base) }, { code: openCodeRun }],
    },
  ];
}

const curl = `curl -sSN "$BASE_URL/v1/chat/completions" \\
  -H "authorization: Bearer $API_KEY" -H 'content-type: application/json' \\
  -d '{"model":"qwen3.7-plus","stream":true,"messages":[{"role":"user","content":"count to 5"}]}'`;

const openAiPython = `import os
from openai import OpenAI

client = OpenAI(base_url=os.environ["BASE_URL"] + "/v1", api_key=os.environ["API_KEY"])
stream = client.chat.completions.create(
    model="qwen3.7-plus",
    stream=True,
    messages=[{"role": "user", "content": "Count to 10"}],
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="", flush=True)`;

const openAiNode = `import OpenAI from 'openai';

const openai = new OpenAI({ baseURL: \`\${process.env.BASE_URL}/v1\`, apiKey: process.env.API_KEY });
const stream = await openai.chat.completions.create({
  model: 'qwen3.7-plus',
  stream: true,
  messages: [{ role: 'user', content: 'Count to 10' }],
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');`;

const anthropic = `import Anthropic from '@anthropic-ai/sdk';

const anthropic = new Anthropic({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY });
const stream = anthropic.messages.stream({
  model: 'qwen3.7-plus',
  max_tokens: 1000,
  system: 'You are terse. Answer in one line.',
  messages: [{ role: 'user', content: 'Hello' }],
});
stream.on('text', (text) => process.stdout.write(text));`;

const gemini = `import { GoogleGenAI } from '@google/genai';

const gemini = new GoogleGenAI({ apiKey: process.env.API_KEY, httpOptions: { baseUrl: process.env.BASE_URL } });
const stream = await gemini.models.generateContentStream({ model: 'qwen3.7-plus', contents: 'Count to 10' });
for await (const chunk of stream) process.stdout.write(chunk.text ?? '');`;

const claudeCode = (base: string) => `export ANTHROPIC_BASE_URL=${base}
export ANTHROPIC_API_KEY=sk-...
export ANTHROPIC_MODEL=qwen3.7-plus
export ANTHROPIC_SMALL_FAST_MODEL=qwen3.7-plus
export CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1
claude`;

const codex = (base: string) => `model = "qwen3-max"
model_context_window = 1000000
model_provider = "gateway"

[model_providers.gateway]
name = "gateway"
base_url = "${base}/v1"
env_key = "API_KEY"
wire_api = "responses"`;

const geminiSettings = `{ "security": { "auth": { "selectedType": "gemini-api-key" } } }`;

const geminiCli = (base: string) => `export GOOGLE_GEMINI_BASE_URL=${base}
export GEMINI_API_KEY=sk-...
gemini -m qwen3.7-plus`;

const qwenCode = (base: string) => `export OPENAI_BASE_URL=${base}/v1
export OPENAI_API_KEY=sk-...
export OPENAI_MODEL=qwen3.7-plus
qwen`;

const opencode = (base: string) => `{
  "provider": {
    "qwen-gateway": {
      "npm": "@ai-sdk/openai-compatible",
      "name": "qwen-gateway",
      "options": { "baseURL": "${base}/v1", "apiKey": "{env:API_KEY}" },
      "models": { "qwen3.7-plus": { "name": "qwen3.7-plus", "limit": { "context": 1000000, "output": 65536 } } }
    }
  }
}`;

const openCodeRun = `export API_KEY=sk-...
opencode run --model qwen-gateway/qwen3.7-plus 'Make greet.txt kinder.'`;
