// @ts-check

/**
 * Threads, buttons and clicks of messages. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table.string('turn_key', 24).comment('Stands for the turning point');
    table.bigInteger('told_at').comment('The failure that it told of first');
    table.bigInteger('posting_at').comment('When its sending was begun');
    table.bigInteger('muted_until');
    table.string('muted_by', 255);
  });

  await knex.schema.createTable('alert_notes', table => {
    table.comment('What belongs below a message');
    table.string('id', 24).primary();
    table.string('alert_id', 24).notNullable();
    table.bigInteger('at').notNullable();
    table.text('body').notNullable().comment('JSON');
    table.text('state').notNullable().comment('waiting, sent or muted');
    table.string('reply_id', 24).comment('The reply that it went into');
    table.index(['alert_id', 'at'], 'alert_notes_alert');
  });

  await knex.schema.createTable('alert_actions', table => {
    table.comment('Buttons of messages; the id is all that a channel knows');
    table.string('id', 32).primary();
    table.string('alert_id', 24).notNullable();
    table.string('incident_id', 24).notNullable();
    table.text('kind').notNullable().comment('rerun, right, wrong or mute');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.string('used_for', 64).comment('The press that it was good for');
    table.string('used_by', 255);
    table.bigInteger('used_at');
    table.index(['alert_id', 'kind'], 'alert_actions_alert');
  });

  await knex.schema.createTable('alert_clicks', table => {
    table.comment('Clicks from channels, stored before they are answered');
    table.string('id', 64).primary();
    table.string('channel', 32).notNullable();
    table.text('action_id').notNullable();
    table.text('person').notNullable().comment("In the channel's terms");
    table.text('input').comment('JSON');
    table.text('context').comment('JSON: what the channel needs to answer');
    table.bigInteger('received_at').notNullable();
    table.text('state').notNullable().comment('received, done, refused, dead');
    table.text('outcome').comment('For people');
    table.bigInteger('finished_at');
    table.index(['received_at'], 'alert_clicks_received');
  });

  await knex.schema.createTable('alert_audit', table => {
    table.comment('Every press of a button; rows are only ever added');
    table.string('id', 36).primary();
    table.bigInteger('at').notNullable();
    table.string('press_id', 64).notNullable();
    table.string('action_id', 32);
    table.string('alert_id', 24);
    table.string('incident_id', 24);
    table.text('kind');
    table.text('via').notNullable();
    table.text('person').notNullable().comment("In the channel's terms");
    table.string('actor', 255).comment('In the catalog');
    table.text('outcome').notNullable().comment('done or refused');
    table.text('message').notNullable();
    table.unique(['press_id'], { indexName: 'alert_audit_press' });
    table.index(['alert_id', 'at'], 'alert_audit_alert');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'alert_audit',
    'alert_clicks',
    'alert_actions',
    'alert_notes',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('alerts', table => {
    table.dropColumns(
      'turn_key',
      'told_at',
      'posting_at',
      'muted_until',
      'muted_by',
    );
  });
};
