import type { AgentRun } from './agent-run.ts';

/** What is wrong with a run; nothing when the agent has done its task by its own tools. */
export function findProblems(run: AgentRun): readonly string[] {
  return [...problemsOfTask(run), ...problemsOfTools(run), ...problemsOfRequests(run)];
}

function problemsOfTask(run: AgentRun): readonly string[] {
  const { program, fileAfter, fileWanted, steps, scenario } = run;
  const purposes = steps.map(({ purpose }) => purpose);
  return [
    ...(program.exitCode === 0 ? [] : [`exit code ${program.exitCode ?? 'none: it had to be ended'}`]),
    ...(fileAfter === fileWanted ? [] : [`the file holds ${JSON.stringify(fileAfter)}`]),
    ...(purposes.includes('lost') ? ['the model did not know how to go on'] : []),
    ...(scenario.notes === undefined ? ['read', 'edit', 'end'] : ['notes', 'read', 'edit', 'end']).flatMap((purpose) =>
      purposes.some((done) => done === purpose) ? [] : [`no step "${purpose}"`],
    ),
  ];
}

/** Every tool that the agent declares in its own requests has to stand in the prompt that the model gets. */
function problemsOfTools({ agent, requests, steps }: AgentRun): readonly string[] {
  const declared = new Set(requests.flatMap(({ tools }) => tools));
  const told = new Set(steps.flatMap(({ tools }) => tools));
  const missing = [...declared].filter((name) => !told.has(name) && agent.hiddenTools?.includes(name) !== true);
  return [
    ...(declared.size === 0 ? ['no request declared tools'] : []),
    ...(missing.length === 0 ? [] : [`tools that the model was not told of: ${missing.join(', ')}`]),
  ];
}

function problemsOfRequests({ requests, scenario, completions, violations }: AgentRun): readonly string[] {
  const failed = requests.filter(({ status = 0 }) => status >= 400 || status === 0);
  const { fault } = scenario;
  return [
    ...(fault === undefined
      ? failed.map(({ method, path, status }) => `${method} ${path} ${status ?? 'no answer'}`)
      : []),
    ...(fault === undefined || completions.some((completion) => completion.fault === fault.fault)
      ? []
      : ['no fault happened']),
    ...(violations.length === 0 ? [] : [`the upstream saw ${JSON.stringify(violations)}`]),
  ];
}
