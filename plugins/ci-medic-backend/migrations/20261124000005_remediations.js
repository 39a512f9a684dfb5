/**
 * What is done about incidents.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('remediations', table => {
    table.comment('At most one for a run, an attempt and an action');
    table.string('id', 24).primary();
    table.string('incident_id', 24).notNullable();
    table.string('project_id', 24).notNullable();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.text('action').notNullable();
    table.text('state').notNullable();
    table.text('reason').notNullable();
    table.integer('version').notNullable().comment('Counts the transitions');
    table.integer('fence').notNullable().comment('Counts the claims');
    table.integer('tries').notNullable().comment('Counts the calls');
    table.text('planned').notNullable().comment('JSON: the world as planned');
    table.text('lease_owner');
    table.bigInteger('lease_until');
    table.bigInteger('expires_at').notNullable();
    table.integer('new_attempt');
    table.text('requested_by').notNullable();
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique(['project_id', 'run_id', 'attempt', 'action'], {
      indexName: 'remediations_once',
    });
    table.index(['incident_id'], 'remediations_incident');
    table.index(['run_id', 'state'], 'remediations_run');
  });

  await knex.schema.createTable('remediation_events', table => {
    table.comment('Rows are only ever added');
    table.string('id', 36).primary();
    table.string('remediation_id', 24).notNullable();
    table.integer('version').notNullable();
    table.bigInteger('at').notNullable();
    table.text('state').notNullable();
    table.text('message').notNullable();
    table.text('actor');
    table.text('observed').comment('JSON: the world as it was seen');
    table.unique(['remediation_id', 'version'], {
      indexName: 'remediation_events_version',
    });
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('remediation_events');
  await knex.schema.dropTable('remediations');
};
