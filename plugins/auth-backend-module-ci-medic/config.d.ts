export interface Config {
  auth?: {
    providers?: {
      /**
       * Lets CI Medic act for people who press its buttons in chat, with what they may do at that moment. Nobody can sign
       * in with it.
       */
      'ci-medic-chat'?: {};
    };
  };
}
