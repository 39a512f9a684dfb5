import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readFileSync } from 'fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Strategy, strategySchema } from './strategySchema';

const PLACE = 'ciMedic.remediation.strategies';
const MAX_AGE = 'ciMedic.remediation.maxAge';
const HOUR_MS = 3_600_000;

/**
 * Reads the strategies of the configuration and the shipped ones, in the order in which they are tried: own ones first.
 * An own one replaces a shipped one of the same id.
 *
 * @throws InputError that says which strategy is wrong, and how.
 */
export function readStrategies(root: Config, actions: string[]): Strategy[] {
  const own = readList(root.getOptional<unknown>(PLACE) ?? [], PLACE, 'own');
  const maxAgeHours = readMaxAge(root);
  const shipped = readList(
    shippedStrategies(),
    'The shipped strategies',
    'shipped',
  ).map(strategy => ({
    ...strategy,
    requires: { ...strategy.requires, ...(maxAgeHours && { maxAgeHours }) },
  }));
  const replaced = new Set(own.map(({ id }) => id));
  const all = [...own, ...shipped.filter(({ id }) => !replaced.has(id))].filter(
    ({ enabled }) => enabled,
  );
  check(all, actions);
  return all;
}

/** In hours; `undefined` when each strategy has its own. */
function readMaxAge(root: Config): number | undefined {
  if (!root.has(MAX_AGE)) {
    return undefined;
  }
  const age = durationToMilliseconds(
    readDurationFromConfig(root, { key: MAX_AGE }),
  );
  if (!(age > 0)) {
    throw new InputError(`${MAX_AGE} must be longer than nothing`);
  }
  return age / HOUR_MS;
}

function shippedStrategies(): unknown {
  return parse(
    readFileSync(
      resolvePackagePath(
        '@ci-medic/plugin-ci-medic-backend',
        'strategies/default.yaml',
      ),
      'utf8',
    ),
  );
}

function readList(
  value: unknown,
  place: string,
  source: Strategy['source'],
): Strategy[] {
  if (!Array.isArray(value)) {
    throw new InputError(`${place} must be a list of strategies`);
  }
  return value.map((item, index) => {
    const result = strategySchema.safeParse(item);
    if (!result.success) {
      const name =
        (item as { id?: unknown } | undefined)?.id ?? `number ${index + 1}`;
      throw new InputError(
        `${place}: the strategy ${name} is wrong: ${z
          .prettifyError(result.error)
          .replace(/✖ /g, '')
          .replace(/\s+/g, ' ')}`,
      );
    }
    return { ...result.data, source };
  });
}

function check(strategies: Strategy[], actions: string[]) {
  const byId = new Map<string, Strategy>();
  for (const strategy of strategies) {
    const { id, action } = strategy;
    if (byId.has(id)) {
      throw new InputError(`${PLACE}: there are two strategies ${id}`);
    }
    byId.set(id, strategy);
    if (!actions.includes(action)) {
      throw new InputError(
        `${PLACE}: the strategy ${id} wants the action ${action}; there are ${actions.join(
          ', ',
        )}`,
      );
    }
  }
  for (const { id, otherwise } of strategies) {
    const seen = new Set([id]);
    for (let next = otherwise; next; next = byId.get(next)!.otherwise) {
      if (!byId.has(next)) {
        throw new InputError(
          `${PLACE}: the strategy ${id} goes on with ${next}, which does not exist`,
        );
      }
      if (seen.has(next)) {
        throw new InputError(
          `${PLACE}: the strategies ${[...seen, next].join(
            ' → ',
          )} go in a circle`,
        );
      }
      seen.add(next);
    }
  }
}
