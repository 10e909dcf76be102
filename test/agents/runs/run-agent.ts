import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Agent, AgentSettings } from '../clients/agent.ts';
import { ScriptedModel } from '../model/scripted-model.ts';
import { describeTask, type Task } from '../model/task.ts';
import { type Relay, startRelay } from '../relay/recording-relay.ts';
import type { AgentRun } from './agent-run.ts';
import { type ProgramRun, runProgram } from './run-program.ts';
import type { Scenario } from './scenario.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

const longestMilliseconds = 240_000;
const fileBefore = '# At the door\ngreeting: hello\nfarewell: "bye"\n';
// Quotes, other scripts and backslashes have to survive every layer of escapes. (opencode escapes double quotes itself.)
const newGreeting = "good 'evening' – 晚上好 \\o/";

/** Lets an agent do its task once, against a gateway, a simulator and a model of its own. */
export async function runAgent(agent: Agent, program: string, scenario: Scenario, folder: string): Promise<AgentRun> {
  const gateway = await startGateway();
  const relay = await startRelay(gateway.url);
  try {
    const model = script(gateway, scenario);
    const task = await prepareTask(folder, scenario.notes ?? 0);
    const ran = await start(agent, program, { relay, gateway, task, folder, scenario });
    return {
      agent,
      scenario,
      folder,
      program: ran,
      requests: relay.requests,
      steps: model.steps,
      completions: gateway.control
        .requests()
        .filter(({ route }) => route === 'completion')
        .map(({ bodyBytes, fault }) => ({ bodyBytes, fault })),
      strayConnections: relay.strayConnections,
      fileBefore,
      fileAfter: await readFile(task.path, 'utf8'),
      fileWanted: fileBefore.replace(task.before, () => task.after),
      violations: gateway.control.violations(),
    };
  } finally {
    await relay.close();
    await gateway.close();
  }
}

function script({ control }: RunningGateway, { forms, fault }: Scenario): ScriptedModel {
  let due = fault;
  const model = new ScriptedModel(forms, ({ purpose }) => {
    if (purpose !== 'read' || due === undefined) return;
    control.fault(due);
    due = undefined;
  });
  control.script({ reply: (message, conversation) => model.answer(message, conversation), times: 'always' });
  return model;
}

/** The same path in every run, so that the sizes of requests are the same. */
async function prepareTask(folder: string, count: number): Promise<Task> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'work'), { recursive: true });
  const path = join(folder, 'work', 'greet.txt');
  await writeFile(path, fileBefore);
  const notes = Array.from({ length: count }, (_, index) => join(folder, 'work', `notes-${index + 1}.txt`));
  await Promise.all(notes.map((note, index) => writeFile(note, longText(index + 1))));
  return { path, before: 'hello', after: newGreeting, notes };
}

/** About 24 kB, no two lines alike. */
function longText(number: number): string {
  const lines = Array.from(
    { length: 300 },
    (_, line) =>
      `Note ${number}.${line + 1}: the door was opened by guest ${line * number} and closed again, as it should be.`,
  );
  return `${lines.join('\n')}\n`;
}

interface Stage {
  readonly relay: Relay;
  readonly gateway: RunningGateway;
  readonly task: Task;
  readonly folder: string;
  readonly scenario: Scenario;
}

async function start(
  agent: Agent,
  program: string,
  { relay, gateway, task, folder, scenario }: Stage,
): Promise<ProgramRun> {
  const settings = agent.settingsFor({
    gatewayUrl: relay.url,
    apiKey: gateway.apiKey,
    model: scenario.isForOwnModels === true ? undefined : 'qwen3.7-plus',
    prompt: describeTask(task),
  });
  const home = join(folder, 'home');
  await writeSettings(home, settings);
  return runProgram(program, {
    arguments: settings.arguments,
    folder: join(folder, 'work'),
    variables: { ...surroundings(home, relay.url), ...settings.variables },
    longestMilliseconds,
  });
}

async function writeSettings(home: string, { files }: AgentSettings): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }
}

/** Nothing of the owner's environment, and no way out but the relay, which refuses it. */
function surroundings(home: string, proxy: string): Record<string, string> {
  return {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TERM: 'dumb',
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  };
}
