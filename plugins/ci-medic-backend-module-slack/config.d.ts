export interface Config {
  ciMedic?: {
    slack?: {
      /**
       * The token of the app in the workspace, `xoxb-…`. Without it messages can only be looked at in the Incidents tab.
       *
       * @visibility secret
       */
      botToken?: string;
      /**
       * How Slack tells of buttons that were pressed: `http` posts to `/api/ci-medic/slack/interactions`, `socket` needs no
       * address that Slack can reach. `http` by default.
       */
      mode?: 'http' | 'socket';
      /**
       * The secret that Slack signs with, for `http`. Without it messages have no buttons.
       *
       * @visibility secret
       */
      signingSecret?: string;
      /**
       * The token of the app itself, `xapp-…`, for `socket`.
       *
       * @visibility secret
       */
      appToken?: string;
      /**
       * Where owners are told who name no channel, as a name or an id. Without it they are not told in Slack.
       */
      defaultChannel?: string;
      /**
       * Id of the workspace, `T…`. By default the one that the token belongs to.
       */
      teamId?: string;
      /**
       * Id of the app, `A…`. Buttons of other apps are then refused.
       */
      appId?: string;
      /**
       * Address of Slack's API, for workspaces on another one. `https://slack.com/api/` by default.
       */
      apiUrl?: string;
    };
  };
}
