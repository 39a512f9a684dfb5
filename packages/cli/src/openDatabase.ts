import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  LoggerService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import { Knex } from 'knex';

const quiet: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => quiet,
};

const lifecycle: RootLifecycleService = {
  addBeforeShutdownHook() {},
  addStartupHook() {},
  addShutdownHook() {},
};

/** The database of the plugin, as the configuration of the backend says. Nothing is migrated. */
export async function openDatabase(configPaths: string[]): Promise<Knex> {
  const source = ConfigSources.default({
    watch: false,
    argv: configPaths.flatMap(path => ['--config', path]),
  });
  for await (const { configs } of source.readConfigData({
    signal: new AbortController().signal,
  })) {
    const config = ConfigReader.fromConfigs(configs);
    const manager = DatabaseManager.fromConfig(config, {
      rootLogger: quiet,
      rootLifecycle: lifecycle,
    });
    return manager
      .forPlugin('ci-medic', { logger: quiet, lifecycle })
      .getClient();
  }
  throw new Error('There is no configuration');
}
