import { createRequire } from 'node:module';
import { Match } from 'aws-cdk-lib/assertions';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { cleanupWords, type ItemWords, importWords } from '../../infra/constructs/item-words.ts';
import { parseTemplate } from '../../local/assembly/template.ts';
import { StateError } from '../../local/step-functions/language/state-error.ts';
import { openMachines } from '../unit/step-functions/machine.ts';
import { synthesize } from './support/synthesize.ts';

// CommonJS without types.
const validate: (definition: unknown) => { readonly isValid: boolean } = createRequire(import.meta.url)(
  'asl-validator',
);
const template = synthesize();

const runs = [
  {
    title: 'imports',
    words: importWords,
    machine: 'Imports',
    worker: 'import-account',
    workerId: 'ImportAccount',
    variable: 'IMPORT_MACHINE_ARN',
    // The admin function starts them.
    starters: 1,
  },
  {
    title: 'clean-ups',
    words: cleanupWords,
    machine: 'Cleanups',
    worker: 'cleanup-step',
    workerId: 'CleanupStep',
    variable: 'CLEANUP_MACHINE_ARN',
    // Owners of chats start them, and once a day the gateway itself.
    starters: 2,
  },
] as const;

interface Step {
  readonly act: string;
  readonly item?: number;
}

/** What the worker was asked, when item 2 fails. */
function recorder({ act, runId }: ItemWords, retries: number) {
  const steps: Step[] = [];
  const work = (step: Step) => {
    steps.push(step);
    if (step.act === act && step.item === 2) throw new TypeError('boom');
    return null;
  };
  const expected = [
    ...[0, 1, 3].map((item) => ({ act, [runId]: 'i', item })),
    ...Array.from({ length: 1 + retries }, () => ({ act, [runId]: 'i', item: 2 })),
    { act: 'give-up', [runId]: 'i', item: 2 },
    { act: 'finish', [runId]: 'i' },
  ];
  return { steps, work, expected };
}

const sorted = (steps: readonly Step[]) => steps.map((step) => JSON.stringify(step)).toSorted();

describe.each(runs)('the state machine of $title', ({ words, machine, worker, workerId, variable, starters }) => {
  const input = { [words.runId]: 'i', items: [0, 1, 2, 3], maxConcurrency: 2 };
  const found = parseTemplate(template.toJSON()).machines.find((one) => one.definition.includes(words.states.all));
  const definition = JSON.parse(found?.definition ?? '{}');
  it('is valid by a checker of its own', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  it('does every item, gives up one that fails after its retries, and finishes, in the embedded interpreter', async () => {
    const { steps, work, expected } = recorder(words, 3);
    const { run } = await openMachines(definition, {
      [`arn:aws:lambda:us-east-1:000000000000:function:${worker}`]: (payload) => {
        const step: Step = JSON.parse(JSON.stringify(payload));
        try {
          return work(step);
        } catch {
          throw new StateError('TypeError', 'boom');
        }
      },
    });
    expect((await run(input)).end).toMatchObject({ status: 'SUCCEEDED', output: input });
    expect(sorted(steps)).toEqual(sorted(expected));
    expect(steps.at(-1)?.act).toBe('finish');
  });

  it('does the same in another interpreter', async () => {
    const { steps, work, expected } = recorder(words, 3);
    const handler = async (parameters: unknown) => {
      const { Payload }: { Payload: Step } = JSON.parse(JSON.stringify(parameters));
      return { StatusCode: 200, Payload: work(Payload) };
    };
    const names = [words.states.item, words.states.giveUp, words.states.finish];
    const execution = new StateMachine(definition).run(input, {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(names.map((name) => [name, handler])),
        retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, [0, 0]])),
      },
    });
    expect(await execution.result).toEqual(input);
    expect(sorted(steps)).toEqual(sorted(expected));
  });

  it('may call the worker and nothing else, and may be started by those who need it', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const idOf = (type: string, prefix: string) =>
      Object.keys(template.findResources(type)).find((id) => id.startsWith(prefix));
    const workerArn = { 'Fn::GetAtt': [idOf('AWS::Lambda::Function', workerId), 'Arn'] };
    const machineId = idOf('AWS::StepFunctions::StateMachine', machine);
    const ofAction = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
    expect(ofAction('lambda:InvokeFunction')).toContainEqual({
      Action: 'lambda:InvokeFunction',
      Effect: 'Allow',
      Resource: workerArn,
    });
    const starts = { Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: machineId } };
    expect(ofAction('states:StartExecution').filter(({ Resource }) => Resource.Ref === machineId)).toEqual(
      Array.from({ length: starters }, () => starts),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ [variable]: { Ref: machineId } }) },
    });
  });

  it('ends some day whatever happens, and its names are as short as AWS wants them', () => {
    expect(definition.TimeoutSeconds).toBe(6 * 3600);
    const names = JSON.stringify(definition).match(/"([^"]+)":\{"Type"|"([^"]+)":\{"End"/g) ?? [];
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(name.length).toBeLessThan(80);
  });
});
