import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../../local/assembly/template.ts';

const key = (name: string, type = 'HASH') => ({ AttributeName: name, KeyType: type });
const tableProperties = {
  KeySchema: [key('pk'), key('sk', 'RANGE')],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'rank', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byRank',
      KeySchema: [key('sk'), key('rank', 'RANGE')],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['label'] },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  BillingMode: 'PAY_PER_REQUEST',
  Replicas: [{ Region: { Ref: 'AWS::Region' } }],
};

const lambda = (Variables: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } });

describe('the template', () => {
  it.each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])(
    'gives the tables (%s) with all that a laptop needs of them',
    (Type) => {
      const { tables } = parseTemplate({ Resources: { StateTable: { Type, Properties: tableProperties } } });
      expect(tables).toEqual([
        {
          name: 'StateTable',
          attributes: tableProperties.AttributeDefinitions,
          keySchema: tableProperties.KeySchema,
          globalIndexes: tableProperties.GlobalSecondaryIndexes,
          localIndexes: [],
          ttlAttribute: 'ttl',
        },
      ]);
    },
  );

  it('gives the functions’ variables, resolved; settings and what only AWS knows are left out', () => {
    const { variables } = parseTemplate({
      Resources: {
        StateTable: { Type: 'AWS::DynamoDB::Table', Properties: { ...tableProperties, TableName: 'named' } },
        One: lambda({ TABLE_NAME: { Ref: 'StateTable' }, LOG_LEVEL: 'debug', NUMBER: 3 }),
        Two: lambda({
          SECRET_KEY_PARAMETER: { 'Fn::Join': ['/', ['', { Ref: 'AWS::StackName' }, 'key']] },
          ORIGIN_SECRET: { 'Fn::GetAtt': ['Secret', 'value'] },
          MIXED: { 'Fn::Join': ['', ['a', { Ref: 'Unknown' }]] },
        }),
        Three: { Type: 'AWS::Lambda::Function', Properties: {} },
      },
    });
    expect(variables).toEqual({ TABLE_NAME: 'named', NUMBER: '3', SECRET_KEY_PARAMETER: '/QwenGateway/key' });
  });

  it('without a table, or with one that only AWS can make, is refused', () => {
    expect(() => parseTemplate({})).toThrow('no table');
    const Properties = { ...tableProperties, TableName: { 'Fn::GetAtt': ['X', 'Y'] } };
    expect(() => parseTemplate({ Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties } } })).toThrow(
      'only AWS can resolve',
    );
  });
});
