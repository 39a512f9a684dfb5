import { HumanDuration } from '@backstage/types';

export interface Config {
  ciMedic?: {
    /**
     * Prometheus servers, or whatever has their HTTP API, whose figures become series of entities.
     */
    prometheus?: Array<{
      /**
       * Address of the server, such as `https://prometheus.example.com`.
       */
      url: string;
      /**
       * A bearer token.
       *
       * @visibility secret
       */
      token?: string;
      series: Array<{
        /**
         * Stable within the server; part of stored ids.
         */
        id: string;
        /**
         * What people read, such as `Runner memory`.
         */
        name: string;
        /**
         * `seconds`, `bytes`, `share` (0 to 1) or any other word.
         */
        unit?: string;
        /**
         * PromQL. It gives one series, or one for each entity.
         */
        query: string;
        /**
         * Reference of the entity that the series belongs to, where it is always the same.
         */
        entity?: string;
        /**
         * Name of the label that holds the reference of the entity, or the name of a component.
         */
        entityLabel?: string;
        /**
         * Time between two points. 5 minutes by default, at least 15 seconds.
         */
        step?: HumanDuration | string;
      }>;
    }>;
  };
}
