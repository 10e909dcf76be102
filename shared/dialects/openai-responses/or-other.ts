import * as z from 'zod/mini';

/** What every union here has for kinds that this gateway does not know: they are read as this and then ignored. */
export const otherKind = z.object({ type: z.literal('other') });

/** Finds the kind that a value is read as. `undefined` leaves the value as it is. */
export type KindOf = (value: object) => string | undefined;

/**
 * A union that takes values of unknown kinds as `other` instead of refusing them: clients send kinds that are newer than
 * this gateway (clients §1 (13)).
 *
 * @param union by the field `type`, `otherKind` among its alternatives.
 * @param kindOf gives values another kind than their `type` says.
 */
export function orOther<Union extends z.ZodMiniDiscriminatedUnion>(union: Union, kindOf: KindOf = () => undefined) {
  const known = union._zod.propValues?.type;
  const rename = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const type = kindOf(value) ?? ('type' in value ? value.type : undefined);
    if (typeof type !== 'string') return value;
    return { ...value, type: known?.has(type) === true ? type : 'other' };
  };
  return z.pipe(z.transform(rename), union);
}
