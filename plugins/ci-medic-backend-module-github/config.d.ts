export interface Config {
  ciMedic?: {
    github?: {
      /**
       * The route that GitHub posts to: `/api/ci-medic/webhooks/github`.
       */
      webhook?: {
        /**
         * Whether the route is on. By default it is as soon as there is a secret. Without a secret it cannot be on.
         */
        enabled?: boolean;
        /**
         * The secret of the webhook as GitHub has it. Use a random one of at least 32 characters.
         *
         * @visibility secret
         */
        secret?: string;
        /**
         * More secrets that are accepted, while one is replaced by another.
         *
         * @deepVisibility secret
         */
        additionalSecrets?: string[];
      };
    };
  };
}
