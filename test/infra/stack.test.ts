import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { deployedFunctions, functions, routes, workers } from '../../shared/routes.ts';
import { settings } from '../../shared/settings.ts';
import { listsIndex } from '../../shared/store/table.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const names = Object.keys(functions);
const workerNames = Object.keys(workers);
const allNames = Object.keys(deployedFunctions);

/** One resource of each function: they are told apart by the first words of their logical ids. */
function ofFunction(name: string, type: string): [string, Record<string, unknown>][] {
  const prefix = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(prefix));
}

describe('every function of shared/routes.ts', () => {
  it('is there, and no other', () => {
    template.resourceCountIs('AWS::Lambda::Function', allNames.length);
  });

  it.each(Object.entries(deployedFunctions))(
    '%s has the size and time of the table, on the runtime that is tested',
    (_, spec) => {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Description: spec.description,
        MemorySize: spec.memoryMegabytes,
        Timeout: spec.timeoutSeconds,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: Match.absent(),
      });
    },
  );

  it.each(names)('%s streams from a URL of its own, and everybody may call that URL and nothing else', (name) => {
    const [lambda] = ofFunction(name, 'AWS::Lambda::Function');
    const arn = { 'Fn::GetAtt': [lambda?.[0], 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::Url', {
      TargetFunctionArn: arn,
      AuthType: 'NONE',
      InvokeMode: 'RESPONSE_STREAM',
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: arn,
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: arn,
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    });
    expect(ofFunction(name, 'AWS::Lambda::Permission').length).toBeGreaterThanOrEqual(2);
  });

  it('may be called in these two ways only, or by its schedule', () => {
    template.resourceCountIs('AWS::Lambda::Url', names.length);
    const schedules = Object.keys(template.findResources('AWS::Events::Rule')).length;
    template.resourceCountIs('AWS::Lambda::Permission', 2 * names.length + schedules);
  });

  it('writes a log of its own that is forgotten after two weeks', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', allNames.length);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 14 });
    const groups = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const used = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.LoggingConfig.LogGroup.Ref,
    );
    expect(used.toSorted()).toEqual(groups.toSorted());
  });

  it('learns the table and the parameter of the key', () => {
    const [tableId] = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable'));
    template.allResourcesProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          TABLE_NAME: { Ref: tableId },
          SECRET_KEY_PARAMETER: '/qwen-gateway/QwenGateway/secret-key',
        }),
      },
    });
  });
});

describe('rights', () => {
  // Those to objects are another test's: test/infra/object-bucket.test.ts.
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => !JSON.stringify(Action).includes('s3:'));

  it('are two for each function, its log and the table, and for each state machine its worker and its starters', () => {
    const keyReaders = statements.filter(({ Action }) => Action === 'ssm:GetParameter');
    // One function starts imports, one responses, seven start videos, and two start clean-ups.
    const ofMachines = 2 + 2 + 8 + 3;
    const listReaders = statements.filter(({ Action }) => Action === 'dynamodb:Query');
    expect(listReaders).toHaveLength(3);
    expect(statements).toHaveLength(2 * allNames.length + ofMachines + listReaders.length + keyReaders.length);
    const actions = new Set(statements.flatMap((statement) => statement.Action));
    expect([...actions].toSorted()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'ssm:GetParameter',
      'states:StartExecution',
    ]);
  });

  it('to lists are for those that read chats by their use or by their end, or the jobs of all callers', () => {
    const readers = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('/index/lists'),
    );
    expect(readers.map(([id]) => id.replace(/Role.*/, '')).toSorted()).toEqual(['Chats', 'SweepChats', 'Videos']);
  });

  it('to the key of secrets are for those that open accounts', () => {
    const readers = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('ssm:GetParameter'),
    );
    const names = readers.map(([id]) => id).join(' ');
    expect(readers).toHaveLength(
      Object.values(deployedFunctions).filter((spec) => spec.withoutSecrets !== true).length,
    );
    for (const without of ['CountTokens', 'Status', 'AdminKeys', 'AdminUsage', 'RollUpUsage', 'AlertOwner', ' Files']) {
      expect(` ${names}`).not.toContain(without);
    }
  });

  it('name their resource, with no star in it', () => {
    for (const { Resource } of statements) expect(JSON.stringify(Resource)).not.toContain('*');
    expect(JSON.stringify(statements)).toContain(':parameter/qwen-gateway/QwenGateway/secret-key');
  });

  it('come from no policy of AWS, which would say more', () => {
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });
});

describe('the table', () => {
  it('costs by use, forgets by ttl, and can be brought back', () => {
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'listKey', AttributeType: 'S' },
          { AttributeName: 'listPlace', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: listsIndex,
            KeySchema: [
              { AttributeName: 'listKey', KeyType: 'HASH' },
              { AttributeName: 'listPlace', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  it('goes with the stack only when the owner says so', () => {
    synthesize({ removeTable: 'true' }).hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] },
    });
  });
});

describe('the stack', () => {
  it('holds nothing with a fixed price', () => {
    const types = new Set(Object.values(template.toJSON().Resources).map((resource) => Object(resource).Type));
    expect([...types].toSorted()).toEqual([
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Lambda::Url',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::StepFunctions::StateMachine',
    ]);
  });

  it('prints one address for each function, the table and the parameter', () => {
    const outputs = template.findOutputs('*');
    expect(Object.keys(outputs)).toHaveLength(names.length + 2);
    expect(outputs.ChatCompletionsUrl).toMatchObject({ Value: { 'Fn::Join': ['', [expect.anything(), 'v1']] } });
    const text = JSON.stringify(outputs);
    for (const { method, path } of routes) expect(text).toContain(`${method} ${path}`);
  });

  it('sends the functions the settings that are given, and no secret', () => {
    const everything = Object.fromEntries(Object.keys(settings).map((name) => [name, given(name)]));
    const variables = environmentOf(synthesize({}, everything));
    expect(variables).toMatchObject({ SEARCH_INFO_MODE: 'table', OPEN_MODE: 'true', MODEL_CACHE_SECONDS: '42' });
    for (const [name, setting] of Object.entries(settings)) {
      const isSecret = 'secret' in setting && setting.secret;
      if (isSecret || setting.readBy !== 'functions') expect(variables).not.toHaveProperty(name);
    }
    expect(JSON.stringify(synthesize({}, everything).toJSON())).not.toMatch(/do-not-print|whsec_/);
  });

  it('leaves settings out that are as they are anyway', () => {
    const variables = environmentOf(synthesize({}, { SEARCH_INFO_MODE: 'annotations', LOG_LEVEL: '' }));
    expect(Object.keys(variables).toSorted()).toEqual([
      'BUCKET_NAME',
      'SECRET_KEY_PARAMETER',
      'TABLE_NAME',
      'VIDEO_MACHINE_ARN',
    ]);
  });
});

describe('workers', () => {
  it.each(workerNames)('%s has no URL', (name) => {
    expect(ofFunction(name, 'AWS::Lambda::Function')).toHaveLength(1);
    expect(ofFunction(name, 'AWS::Lambda::Url')).toEqual([]);
  });

  it('run by the schedules of the table, those for alerts only when somebody gets them', () => {
    const scheduled = (made: typeof template) =>
      Object.values(made.findResources('AWS::Events::Rule')).map(({ Properties }) => [
        Properties.Targets[0].Arn['Fn::GetAtt'][0].replace(/Function\w{8}$/, ''),
        Properties.ScheduleExpression,
      ]);
    const always = [
      ['RefreshAccounts', 'rate(5 minutes)'],
      ['ResumeVideos', 'rate(5 minutes)'],
      ['SweepChats', 'rate(15 minutes)'],
      ['RollUpUsage', 'rate(1 hour)'],
    ];
    expect(scheduled(template)).toEqual(always);
    expect(scheduled(synthesize({ alertEmail: 'a@example.com' }))).toEqual([
      ...always,
      ['AlertOwner', 'rate(1 minute)'],
    ]);
  });
});

describe('alerts', () => {
  it('have a topic only when there is an address', () => {
    template.resourceCountIs('AWS::SNS::Topic', 0);
    const made = synthesize({ alertEmail: 'a@example.com' });
    made.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'a@example.com' });
    made.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const [topicId] = Object.keys(made.findResources('AWS::SNS::Topic'));
    const told = Object.entries(made.findResources('AWS::Lambda::Function')).filter(
      ([, { Properties }]) => Properties.Environment.Variables.ALERT_TOPIC_ARN !== undefined,
    );
    expect(told.map(([id]) => id)).toEqual([expect.stringMatching(/^AlertOwner/)]);
    made.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish', Resource: { Ref: topicId } })]),
      },
    });
  });

  it('go to an address and to nothing else', () => {
    expect(() => synthesize({ alertEmail: 'nobody' })).toThrow('alertEmail');
  });
});

/** Some value that each setting can have and that is not its default; a recognisable one where that is secret. */
function given(name: string): string | undefined {
  const values: Record<string, string> = { SEARCH_INFO_MODE: 'table', OPEN_MODE: 'true', MODEL_CACHE_SECONDS: '42' };
  const setting = Object.entries(settings).find(([key]) => key === name)?.[1];
  if (name === 'WEBHOOK_SECRET') return `whsec_${Buffer.from('do not print, whatever it is').toString('base64')}`;
  return setting !== undefined && 'secret' in setting ? 'do-not-print' : values[name];
}

function environmentOf(made: typeof template): Record<string, string> {
  const lambdas = Object.entries(made.findResources('AWS::Lambda::Function'));
  const lambda = lambdas.find(([id]) => id.startsWith('ChatCompletions'))?.[1];
  return lambda?.Properties.Environment.Variables ?? {};
}
