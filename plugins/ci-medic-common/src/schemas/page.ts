import { z } from 'zod';

/**
 * One page of a list. `nextCursor` is opaque and absent on the last page.
 *
 * @public
 */
export type Page<T> = {
  items: T[];
  nextCursor?: string;
  /** Number of items over all pages, where it is cheap to know. */
  totalItems?: number;
};

/**
 * Makes the schema of a {@link Page} from the schema of its items.
 *
 * @public
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional(),
    totalItems: z.number().int().nonnegative().optional(),
  });
}
