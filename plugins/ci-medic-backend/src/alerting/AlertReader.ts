import { Entity } from '@backstage/catalog-model';
import { Alert, AlertRoutes } from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readJson, readText, readTime } from '../database';
import { AlertActionStore } from './AlertActionStore';
import { AlertAudit } from './AlertAudit';
import { AlertConfig } from './AlertConfig';
import { AlertNoteStore } from './AlertNoteStore';
import { ChannelRegistry } from './ChannelRegistry';
import { scopeOf } from './chooseAlert';
import { OwnerDirectory } from './OwnerDirectory';

type Options = {
  database: CiMedicDatabase;
  config: AlertConfig;
  actions: AlertActionStore;
  audit: AlertAudit;
  notes: AlertNoteStore;
  channels: ChannelRegistry;
  owners: OwnerDirectory;
};

/**
 * Reads for people who was told what, and who would be.
 */
export class AlertReader {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Messages of an incident about some entities, oldest first. */
  async list(incidentId: string, entityRefs: string[]): Promise<Alert[]> {
    const { actions, audit, database, notes } = this.#options;
    const all = await database
      .knex('alerts')
      .where({ incident_id: incidentId })
      .orderBy(['created_at', 'id']);
    // What is said to others of their services is theirs to read.
    const rows = all.filter(row =>
      readJson<string[]>(row.entity_refs)!.every(ref =>
        entityRefs.includes(ref),
      ),
    );
    const ids: string[] = rows.map(({ id }) => id);
    const good = await actions.goodIds(ids);
    const below = await notes.list(ids);
    const presses = await audit.list(ids);
    return rows.map(row => ({
      ...this.#present(row, good),
      notes: below.get(row.id) ?? [],
      presses: presses.get(row.id) ?? [],
    }));
  }

  /** Who is told of incidents of an entity. */
  async routes(entity: Entity): Promise<AlertRoutes> {
    const { config, channels, owners } = this.#options;
    const found = await owners.ownersOf(entity);
    return {
      ...scopeOf(entity, config),
      mainBranches: config.mainBranches,
      routes: channels.list().flatMap(channel =>
        channel.route({ entity, owners: found }).map(route => ({
          channel: channel.id,
          channelTitle: channel.title,
          notConnected: channel.notConnected,
          ...route,
        })),
      ),
    };
  }

  #present(row: any, good: Set<string>): Omit<Alert, 'notes' | 'presses'> {
    const { channels } = this.#options;
    const message = readJson<AlertMessage>(row.message)!;
    return {
      id: row.id,
      channel: row.channel,
      channelTitle: channels.titleOf(row.channel),
      destination: row.destination,
      because: row.because,
      entityRefs: message.entityRefs,
      state: row.state,
      reason: readText(row.reason),
      createdAt: readTime(row.created_at)!,
      sentAt: readTime(row.sent_at),
      turningPoint: message.turningPoint,
      title: message.title,
      body: bodyOf(message),
      preview: channels.previewOf(row.channel, message),
      actions: (message.actions ?? []).filter(({ id }) => good.has(id)),
      mutedUntil: readTime(row.muted_until),
      mutedBy: readText(row.muted_by),
    };
  }
}

/** A message as plain text. Rows that an earlier version wrote lack what it did not know. */
function bodyOf(message: AlertMessage): string {
  const { summary, diagnosis, evidence, cause, suspects, next } = message;
  return [
    summary,
    ...(diagnosis ? [diagnosis.text, ...diagnosis.basis] : []),
    ...evidence,
    ...(cause ? [cause] : []),
    ...(suspects ?? []).map(({ text }) => text),
    ...(next ?? []),
  ].join('\n');
}
