import {
  checkUserRules,
  createLogAnalyzer,
  SecretRule,
  UserRules,
  userRulesFrom,
} from '@ci-medic/build-log';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const MOST_RULES = 200;

/** What adopters know of their own logs. */
export type LogRules = {
  /** What they recognize explains a failure before anything else. */
  rules: UserRules;
  /** Secrets that only they know the shape of. */
  secrets: SecretRule[];
};

/**
 * Reads `ciMedic.logs.rules` and `ciMedic.logs.secrets`. A rule has to do what its own examples say.
 *
 * @throws InputError that names the rule and what is wrong with it.
 */
export function readLogRules(config: Config | undefined): LogRules {
  const value = config?.getOptional('logs.rules') ?? [];
  return {
    rules: UserRules.create(checkedRules(value)),
    secrets: readSecrets(config),
  };
}

function checkedRules(value: unknown) {
  try {
    const rules = userRulesFrom(value);
    const bad = checkUserRules({ rules }).find(({ ok }) => !ok);
    if (bad) {
      throw new Error(`'${bad.name}' ${bad.problems.join('; ')}`);
    }
    if (rules.length > MOST_RULES) {
      throw new Error(`there are more than ${MOST_RULES}`);
    }
    return rules;
  } catch (error) {
    throw new InputError(`ciMedic.logs.rules: ${messageOf(error)}`);
  }
}

function readSecrets(config: Config | undefined): SecretRule[] {
  const secrets = (config?.getOptionalConfigArray('logs.secrets') ?? []).map(
    one => ({
      kind: one.getString('kind'),
      pattern: one.getString('pattern'),
    }),
  );
  for (const secret of secrets) {
    try {
      createLogAnalyzer({ secrets: [secret] });
    } catch (error) {
      throw new InputError(
        `ciMedic.logs.secrets: '${
          secret.kind
        }' has a pattern that RE2 does not understand: ${messageOf(error)}`,
      );
    }
  }
  return secrets;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
