import { Config } from '@backstage/config';
import { ChangeFeed } from './changes';
import { CiMedicDatabase } from './database';
import {
  PlaybookDocsReader,
  PlaybookHandler,
  PlaybookNotesStore,
  PlaybookReader,
  readPlaybookConfig,
} from './playbooks';
import { WorkHandler } from './work';

/**
 * What remembers failures that recur.
 */
export class PlaybookParts {
  readonly handlers: WorkHandler[];
  readonly api: {
    playbooks: PlaybookReader;
    playbookNotes: PlaybookNotesStore;
    playbookDocs: PlaybookDocsReader;
  };

  constructor(options: {
    changes: ChangeFeed;
    database: CiMedicDatabase;
    rootConfig: Config;
    evidenceOf(jobId: string): Promise<string[]>;
  }) {
    const { changes, database, rootConfig, evidenceOf } = options;
    const config = readPlaybookConfig(rootConfig);
    const playbooks = new PlaybookReader({ database });
    this.handlers = [
      new PlaybookHandler({ database, changes, config, evidenceOf }),
    ];
    this.api = {
      playbooks,
      playbookNotes: new PlaybookNotesStore({ database, changes }),
      playbookDocs: new PlaybookDocsReader({ database, playbooks }),
    };
  }
}
