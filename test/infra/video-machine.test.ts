import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../local/assembly/template.ts';
import { StateError } from '../../local/step-functions/language/state-error.ts';
import { ServiceError } from '../../local/step-functions/service-error.ts';
import type { JobRun } from '../../shared/jobs/job-runs.ts';
import { workers } from '../../shared/routes.ts';
import { resumeVideos } from '../../shared/videos/resume-videos.ts';
import { readVideoTask } from '../../shared/videos/video-step.ts';
import { EagerClock, machineArn, openMachines, settled } from '../unit/step-functions/machine.ts';
import { callerId, openVideoWork } from '../unit/videos/video-fixture.ts';
import { synthesize } from './support/synthesize.ts';

// CommonJS without types.
const validate: (definition: unknown) => { readonly isValid: boolean } = createRequire(import.meta.url)(
  'asl-validator',
);
const template = synthesize();
const machine = parseTemplate(template.toJSON()).machines.find(({ definition }) => definition.includes('Make video'));
const definition = JSON.parse(machine?.definition ?? '{}');
const worker = 'arn:aws:lambda:us-east-1:000000000000:function:video-step';

/** Milliseconds; shorter than the time-out of a task. */
const longestRest = 120_000;
/** Seconds; what a webhook waits beyond that passes by itself. */
const restOfWebhooks = 60;

/** A video that is done so many milliseconds after it was asked for, by the clock of its state machine. */
async function openVideo(milliseconds: number, webhookUrl?: string) {
  const clock: { now: () => number } = new EagerClock();
  const fixture = openVideoWork(() => clock.now());
  const doneAt = clock.now() + milliseconds;
  fixture.site.onPoll = () =>
    clock.now() >= doneAt ? { type: 'succeeded', url: 'https://cdn.test/a.mp4' } : { type: 'running' };
  await fixture.begin(webhookUrl);
  const perform = async (payload: unknown) => {
    const task = readVideoTask(JSON.parse(JSON.stringify(payload)));
    if (task === undefined) throw new StateError('TypeError', 'no task');
    return fixture.work(task, new AbortController().signal);
  };
  const input = { callerId, jobId: fixture.key.id, step: { looks: 0 } };
  return { ...fixture, clock, perform, input };
}

/** The states that were entered, as the journal of the embedded interpreter has them. */
async function entered(folder: string): Promise<readonly string[]> {
  const [file = ''] = await readdir(folder);
  const lines = (await readFile(join(folder, file), 'utf8')).split('\n').flatMap((line) => line || []);
  const steps = new Map<number, string>();
  for (const line of lines) {
    const frame = JSON.parse(line).progress?.frame;
    if (frame !== undefined) steps.set(frame.step, frame.state);
  }
  return [...steps.values()];
}

async function embedded(video: Awaited<ReturnType<typeof openVideo>>) {
  const clock = new EagerClock(longestRest);
  let ahead = 0;
  const perform = async (payload: unknown) => {
    const step = await video.perform(payload);
    const seconds = Math.min(step.seconds, restOfWebhooks);
    ahead += (step.seconds - seconds) * 1000;
    return { ...step, seconds };
  };
  const machines = await openMachines(definition, { [worker]: perform }, undefined, clock);
  video.clock.now = () => clock.now() + ahead;
  const { end } = await machines.run(video.input);
  return { end, states: await entered(machines.folder) };
}

describe('the state machine of videos', () => {
  it('is valid by a checker of its own', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  it('takes at most 45 transitions and 15 polls for a video of five minutes', async () => {
    const video = await openVideo(5 * 60_000);
    const { end, states } = await embedded(video);
    expect(end?.status).toBe('SUCCEEDED');
    expect(await video.store.find(video.key)).toMatchObject({ stage: 'completed' });
    expect(video.site.polls).toBeLessThanOrEqual(15);
    expect(states.length).toBeLessThanOrEqual(45);
    expect({ polls: video.site.polls, transitions: states.length }).toEqual({ polls: 11, transitions: 36 });
  });

  it('goes the same way in another interpreter', async () => {
    const video = await openVideo(60_000);
    const { states } = await embedded(video);
    const again = await openVideo(60_000);
    let now = again.clock.now();
    again.clock.now = () => now;
    const seen: string[] = [];
    const handler = async (parameters: unknown) => {
      const { Payload }: { Payload: unknown } = JSON.parse(JSON.stringify(parameters));
      const step = await again.perform(Payload);
      now += step.seconds * 1000;
      return { StatusCode: 200, Payload: { ...step } };
    };
    const execution = new StateMachine(definition).run(again.input, {
      overrides: {
        taskResourceLocalHandlers: { 'Make video': handler, 'Give up video': handler },
        waitTimeOverrides: { Rest: 0 },
      },
    });
    for await (const event of execution.eventLogs) {
      if (event.type.endsWith('StateEntered') && 'state' in event) seen.push(event.state.name);
    }
    await execution.result;
    expect(seen).toEqual(states);
    expect(again.site.polls).toBe(video.site.polls);
  });

  it.each(['Sandbox.Timedout', 'Runtime.ExitError', 'StoreUnavailableError', 'States.Timeout'])(
    'calls again after %s',
    async (failure) => {
      const video = await openVideo(0);
      let failures = 3;
      const { end } = await embedded({
        ...video,
        perform: (payload) => {
          if (failures-- > 0) throw new StateError(failure, 'on purpose');
          return video.perform(payload);
        },
      });
      expect(end?.status).toBe('SUCCEEDED');
      expect(video.site.asked).toHaveLength(1);
    },
  );

  it('gives the video up when its worker always fails', async () => {
    const video = await openVideo(0);
    const { end } = await embedded({
      ...video,
      perform: async (payload) => {
        const task = readVideoTask(payload);
        if (task?.act === 'step') throw new StateError('Runtime.ExitError', 'on purpose');
        return video.perform(payload);
      },
    });
    expect(end?.status).toBe('SUCCEEDED');
    expect(await video.store.find(video.key)).toMatchObject({ stage: 'failed', failure: { code: 'not_started' } });
  });

  it('goes on in another execution when one has died', async () => {
    const video = await openVideo(60_000);
    const clock = new EagerClock(longestRest);
    video.clock.now = () => clock.now();
    const death = Promise.withResolvers<void>();
    const died = Promise.withResolvers<never>();
    // The first execution hangs in its third look, and never gets an answer.
    const perform = async (payload: unknown) => {
      if (video.site.polls !== 2 || isDead) return video.perform(payload);
      death.resolve();
      return died.promise;
    };
    let isDead = false;
    const { machines } = await openMachines(definition, { [worker]: perform }, undefined, clock);
    const runs = {
      start: async ({ key, attempt }: JobRun) => {
        const name = `${key.id}-${attempt}`;
        const started = await machines.start(machineArn, video.input, name).catch((error: unknown) => {
          if (error instanceof ServiceError) return undefined;
          throw error;
        });
        return started !== undefined;
      },
    };
    const first = await machines.start(machineArn, video.input, `${video.key.id}-1`);
    await death.promise;
    const sweep = () => resumeVideos({ ...video, runs, now: () => clock.now() + 61_000 });
    expect(await sweep()).toEqual({ open: 1, resumed: 0 });
    await machines.stop(first.arn, 'Killed', 'on purpose');
    isDead = true;
    expect(await sweep()).toEqual({ open: 1, resumed: 1 });
    const second = machines.list(machineArn).find(({ beginning }) => beginning.name.endsWith('-2'));
    expect((await settled(machines, second?.arn ?? '')).end?.status).toBe('SUCCEEDED');
    expect(await video.store.find(video.key)).toMatchObject({ stage: 'completed', attempt: 2 });
    expect(video.site.asked).toHaveLength(1);
    expect(await sweep()).toEqual({ open: 0, resumed: 0 });
  });

  it('takes at most 45 transitions with a webhook that is taken, and tells it in an hour when it is not', async () => {
    const video = await openVideo(5 * 60_000, 'https://example.com/');
    const { states } = await embedded(video);
    expect(states).toHaveLength(36);
    expect(video.receiver.sent).toHaveLength(1);
    const refused = await openVideo(5 * 60_000, 'https://example.com/');
    refused.receiver.onSend = () => ({ type: 'failed', why: 'answered with status 500.' });
    const { end, states: more } = await embedded(refused);
    expect([end?.status, refused.receiver.sent.length, more.length]).toEqual(['SUCCEEDED', 5, 36 + 4 * 3]);
  });

  it('waits longer than the worker may take, and its own end comes after the video’s', () => {
    expect(definition.States['Make video'].TimeoutSeconds).toBeGreaterThan(workers['video-step'].timeoutSeconds);
    expect(definition.TimeoutSeconds).toBeGreaterThan(4 * 3600);
  });

  it('may call its worker only, and is started by nobody but those who order videos or go on with them', () => {
    const [machineId = ''] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine')).filter((id) =>
      id.startsWith('VideoJobs'),
    );
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const starters = policies.flatMap(([id, { Properties }]) =>
      Properties.PolicyDocument.Statement.some(
        ({ Action, Resource }: { Action: unknown; Resource?: { Ref?: string } }) =>
          Action === 'states:StartExecution' && Resource?.Ref === machineId,
      )
        ? [id.replace(/Role.*$/, '')]
        : [],
    );
    expect(starters).toEqual(expect.arrayContaining(['ResumeVideos', 'Videos']));
    const [, own] = policies.find(([id]) => id.startsWith('VideoJobsRole')) ?? [];
    expect(own?.Properties.PolicyDocument.Statement).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^VideoStepFunction/), 'Arn'] },
      },
    ]);
  });
});
