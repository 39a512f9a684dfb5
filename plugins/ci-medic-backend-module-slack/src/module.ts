import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  AlertClicks,
  ciMedicAlertChannelsExtensionPoint,
} from '@ci-medic/plugin-ci-medic-node';
import { SocketModeReceiver } from '@slack/bolt';
import { SlackApi } from './SlackApi';
import { SlackChannel } from './SlackChannel';
import { SlackClicks } from './SlackClicks';
import { hearsClicks, readSlackConfig } from './SlackConfig';
import { SlackLogger } from './SlackLogger';
import { SlackOrigin } from './SlackOrigin';
import { SlackPacing } from './SlackPacing';
import { SlackPeople } from './SlackPeople';
import { SlackReceiver } from './SlackReceiver';
import { SlackSearch } from './SlackSearch';

/**
 * Brings Slack into CI Medic: owners are told in their channel and act from the message.
 *
 * @public
 */
export const ciMedicModuleSlack = createBackendModule({
  pluginId: 'ci-medic',
  moduleId: 'slack',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        channels: ciMedicAlertChannelsExtensionPoint,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ channels, httpRouter, lifecycle, logger, ...services }) {
        const config = readSlackConfig(services.config);
        const slackLogger = new SlackLogger(logger);
        const api = SlackApi.create({ config, logger: slackLogger });
        let stored: AlertClicks | undefined;
        channels.addChannel(
          new SlackChannel({
            ...{ api, config, pacing: new SlackPacing() },
            people: new SlackPeople({ ...services, api }),
            search: new SlackSearch({ api }),
            connect: clicks => {
              stored = clicks;
            },
          }),
        );
        if (!config.botToken) {
          logger.info(
            'Slack is not connected: its messages can only be looked at. Set ciMedic.slack.botToken to send them.',
          );
          return;
        }
        if (!hearsClicks(config)) {
          logger.warn(
            'Messages in Slack have no buttons: set ciMedic.slack.signingSecret, or use Socket Mode.',
          );
          return;
        }
        const origin = new SlackOrigin({ api, config });
        const http =
          config.mode === 'http'
            ? new SlackReceiver({
                ...{ origin, logger, signingSecret: config.signingSecret! },
              })
            : undefined;
        const clicks = new SlackClicks({
          ...{ api, config, logger },
          receiver:
            http ??
            new SocketModeReceiver({
              appToken: config.appToken!,
              logger: slackLogger,
              ...(config.apiUrl && {
                installerOptions: {
                  clientOptions: { slackApiUrl: config.apiUrl },
                },
              }),
            }),
          isOurs: body => origin.isOurs(body),
          clicks: () => {
            if (!stored) {
              throw new ServiceUnavailableError('CI Medic is not up yet');
            }
            return stored;
          },
        });
        if (http) {
          httpRouter.addAuthPolicy({
            path: '/slack',
            allow: 'unauthenticated',
          });
          httpRouter.use(http.router);
        }
        lifecycle.addStartupHook(async () => {
          // A workspace that cannot be reached must not keep the backend from starting.
          clicks.start().catch(error => {
            logger.error(`Slack does not tell of buttons: ${error}`);
          });
        });
        lifecycle.addShutdownHook(async () => {
          await clicks.stop();
        });
      },
    });
  },
});
