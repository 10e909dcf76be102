import { createRequire } from 'node:module';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../local/assembly/template.ts';
import { StateError } from '../../local/step-functions/language/state-error.ts';
import { workers } from '../../shared/routes.ts';
import { openMachines } from '../unit/step-functions/machine.ts';
import { synthesize } from './support/synthesize.ts';

// CommonJS without types.
const validate: (definition: unknown) => { readonly isValid: boolean } = createRequire(import.meta.url)(
  'asl-validator',
);
const template = synthesize();
const machine = parseTemplate(template.toJSON()).machines.find(({ definition }) =>
  definition.includes('Answer response'),
);
const definition = JSON.parse(machine?.definition ?? '{}');
const worker = 'arn:aws:lambda:us-east-1:000000000000:function:answer-response';
const input = { callerId: 'key-1', responseId: 'resp_1' };

/** Runs the machine with a worker that fails with these errors first. */
async function runWith(...failures: readonly string[]) {
  const acts: unknown[] = [];
  const waiting = [...failures];
  const { run } = await openMachines(definition, {
    [worker]: (payload) => {
      acts.push(payload);
      const failure = waiting.shift();
      if (failure !== undefined) throw new StateError(failure, 'on purpose');
      return { status: 'done' };
    },
  });
  const { end } = await run(input);
  return { acts, status: end?.status };
}

describe('the state machine of responses in the background', () => {
  it('is valid by a checker of its own', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  it('lets the worker answer', async () => {
    expect(await runWith()).toEqual({ acts: [{ act: 'answer', ...input }], status: 'SUCCEEDED' });
  });

  it.each(['Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout'])(
    'gives up after %s, and asks nothing twice',
    async (failure) => {
      const { acts, status } = await runWith(failure);
      expect(acts).toEqual([
        { act: 'answer', ...input },
        { act: 'give-up', ...input },
      ]);
      expect(status).toBe('SUCCEEDED');
    },
  );

  it('tries again when the worker could not begin', async () => {
    const { acts } = await runWith('Lambda.TooManyRequestsException', 'Lambda.TooManyRequestsException');
    expect(acts).toEqual(Array.from({ length: 3 }, () => ({ act: 'answer', ...input })));
  });

  it('waits longer than the worker may take', () => {
    const { timeoutSeconds } = workers['answer-response'];
    expect(definition.States['Answer response'].TimeoutSeconds).toBeGreaterThan(timeoutSeconds);
    expect(definition.TimeoutSeconds).toBeGreaterThan(timeoutSeconds + 60);
  });

  it('is started by the function of responses and nobody else', () => {
    const [machineId] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine')).filter((id) =>
      id.startsWith('BackgroundResponses'),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'OpenAI responses',
      Environment: { Variables: Match.objectLike({ RESPONSE_MACHINE_ARN: { Ref: machineId } }) },
    });
    const allowed = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.some(
        ({ Action, Resource }: { Action: unknown; Resource?: { Ref?: string } }) =>
          Action === 'states:StartExecution' && Resource?.Ref === machineId,
      ),
    );
    expect(allowed.map(([id]) => id)).toEqual([expect.stringMatching(/^Responses/)]);
  });
});
