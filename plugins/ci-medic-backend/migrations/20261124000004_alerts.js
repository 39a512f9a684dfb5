/**
 * Messages that tell people of incidents.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('alerts', table => {
    table.comment('A message for each incident, channel and destination');
    table.string('id', 24).primary();
    table.string('incident_id', 24).notNullable();
    table.string('channel', 32).notNullable();
    table.text('destination').notNullable();
    table.text('because').notNullable().comment('Why it goes there');
    table.text('entity_refs').notNullable().comment('JSON array');
    table.text('message').notNullable().comment('JSON: what it should say');
    table.string('wanted_hash', 24).notNullable();
    table.string('sent_hash', 24).comment('Of what was sent last');
    table.text('state').notNullable().comment('waiting, sent or failed');
    table.text('reason');
    table.text('external_id').comment('By which the channel changes it');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('sent_at');
    table.index(['incident_id'], 'alerts_incident');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('alerts');
};
