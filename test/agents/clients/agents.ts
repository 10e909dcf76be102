import type { Agent } from './agent.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini-cli.ts';
import { opencode } from './opencode.ts';
import { qwenCode } from './qwen-code.ts';

/** Every agent that is run, in the order of the pages. */
export const agents: readonly Agent[] = [claudeCode, codex, geminiCli, qwenCode, opencode];
