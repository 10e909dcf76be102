import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { encodeAttributes } from './attributes.ts';
import { type Changes, type Condition, ExpressionBuilder } from './expressions.ts';
import type { ItemKey } from './keys.ts';

/** Changes single attributes of an item. @param returned what of the item the answer holds. */
export function updateCommand(
  table: string,
  key: ItemKey,
  changes: Changes,
  condition: Condition,
  returned: 'ALL_NEW' | 'NONE' = 'NONE',
): UpdateItemCommand {
  const expressions = new ExpressionBuilder();
  return new UpdateItemCommand({
    TableName: table,
    Key: encodeAttributes({ ...key }),
    UpdateExpression: expressions.update(changes),
    ConditionExpression: expressions.condition(condition),
    ReturnValues: returned,
    ...expressions.placeholders(),
  });
}

/** Deletes an item. @param returned what of the item the answer holds. */
export function deleteCommand(
  table: string,
  key: ItemKey,
  condition: Condition,
  returned: 'ALL_OLD' | 'NONE' = 'NONE',
): DeleteItemCommand {
  const expressions = new ExpressionBuilder();
  return new DeleteItemCommand({
    TableName: table,
    Key: encodeAttributes({ ...key }),
    ConditionExpression: expressions.condition(condition),
    ReturnValues: returned,
    ...expressions.placeholders(),
  });
}
