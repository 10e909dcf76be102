import { describe, expect, it } from 'vitest';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const [bucketId = ''] = Object.keys(template.findResources('AWS::S3::Bucket'));
const bucketArn = { 'Fn::GetAtt': [bucketId, 'Arn'] };

/** What each function may do in the bucket, as `prefix: actions`. */
function rightsOf(name: string): readonly string[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
    id.startsWith(`${name}Role`),
  );
  return policies
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('s3:'))
    .map(({ Action, Resource }) => {
      expect(Resource).toEqual({ 'Fn::Join': ['', [bucketArn, expect.any(String)]] });
      return `${Resource['Fn::Join'][1][1]}: ${[Action].flat().join(' ')}`;
    });
}

describe('the bucket', () => {
  it('is private, encrypted, and stays with everything in it', () => {
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
    synthesize({ removeTable: 'true' }).hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  it('talks to nobody without TLS', () => {
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Effect }: { Effect: string }) => Effect)).toEqual(['Deny', 'Deny']);
    expect(JSON.stringify(statements)).toContain('aws:SecureTransport');
  });

  it.each([
    [{}, 7, 30],
    [{ RESULT_DAYS: '2', FILE_DAYS: '90' }, 2, 90],
    [{ RESULT_DAYS: '0' }, 1, 30],
  ])('forgets what is in it: %j', (environment, results, files) => {
    synthesize({}, environment).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'results/', ExpirationInDays: results, Status: 'Enabled' },
          { Prefix: 'files/', ExpirationInDays: files, Status: 'Enabled' },
          { Prefix: 'uploads/', ExpirationInDays: 2, Status: 'Enabled' },
          { Prefix: 'recordings/', ExpirationInDays: 7, Status: 'Enabled' },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });
});

describe('in the bucket', () => {
  it('each function may do what it does, with the objects that it does it with', () => {
    const reads = ['/results/*: s3:GetObject', '/files/*: s3:GetObject'];
    const recording = '/recordings/*: s3:PutObject';
    for (const name of ['ChatCompletions', 'Messages', 'Gemini', 'Responses', 'NativeChat']) {
      expect(rightsOf(name)).toEqual([...reads, recording]);
    }
    expect(rightsOf('AnswerResponse')).toEqual(reads);
    expect(rightsOf('AdminUsage')).toEqual(['/recordings/*: s3:GetObject']);
    expect(rightsOf('Videos')).toEqual(['/results/*: s3:GetObject s3:DeleteObject']);
    expect(rightsOf('VideoStep')).toEqual(['/results/*: s3:PutObject s3:AbortMultipartUpload s3:DeleteObject']);
    expect(rightsOf('Images')).toEqual(['/results/*: s3:GetObject s3:PutObject', '/files/*: s3:GetObject', recording]);
    for (const name of ['CountTokens', 'Models', 'Status', 'AdminAccounts', 'RefreshAccounts', 'ResumeVideos']) {
      expect(rightsOf(name)).toEqual([]);
    }
  });

  it('are those functions only that know its name', () => {
    for (const [id, { Properties }] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
      const name = id.replace(/Function[0-9A-F]{8}$/, '');
      const knowsIt = Properties.Environment.Variables.BUCKET_NAME !== undefined;
      expect([name, knowsIt]).toEqual([name, rightsOf(name).length > 0]);
    }
  });

  it('nobody may list, or do what its name does not tell', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const actions = new Set(statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith('s3:')));
    expect([...actions].toSorted()).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:PutObject',
    ]);
  });
});
