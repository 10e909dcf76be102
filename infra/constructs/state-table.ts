import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface StateTableProperties {
  /** Whether deleting the stack may delete the table. Otherwise it stays, with everything in it. */
  readonly removable: boolean;
}

/** The name that functions ask it by: `listsIndex` of shared/store/table.ts, which synthesis does not load. */
const listsIndex = 'lists';

/**
 * The one table: accounts, keys, health. On demand, so it costs nothing while idle. Further indexes are declared here
 * too, since a table made on the laptop can't get one later.
 */
export class StateTable extends Construct {
  readonly #table: TableV2;

  constructor(scope: Construct, id: string, { removable }: StateTableProperties) {
    super(scope, id);
    this.#table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      // Sparse: most items are in no list. Its name and keys stand in shared/store/table.ts.
      globalSecondaryIndexes: [
        {
          indexName: listsIndex,
          partitionKey: { name: 'listKey', type: AttributeType.STRING },
          sortKey: { name: 'listPlace', type: AttributeType.STRING },
        },
      ],
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !removable,
      removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }

  /** The table's name, as a token. */
  get tableName(): string {
    return this.#table.tableName;
  }

  /** Lets a function do what the store does: single-item reads and writes, and queries of one partition. */
  grantState(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resourceArns: [this.#table.tableArn],
    });
  }

  /** Lets a function read lists, as that of a key's chats. */
  grantLists(grantee: IGrantable): Grant {
    const resourceArns = [`${this.#table.tableArn}/index/${listsIndex}`];
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
  }
}
