// @ts-check

/**
 * What kind of failure incidents are, what most likely caused them, which of them have one cause, and what people say of
 * all that. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('job_logs', table => {
    table.text('packages').comment('JSON: packages that it may come from');
  });
  await knex.schema.alterTable('incidents', table => {
    // The same failure in other repositories.
    table.index(['fingerprint', 'last_seen_at'], 'incidents_alike');
  });

  await knex.schema.createTable('diagnoses', table => {
    table.comment('Rows are only ever added; the newest version is current');
    table.string('id', 24).primary();
    table.string('incident_id', 24).notNullable();
    table.string('job_id', 24).comment('Whose log it rests on');
    table.integer('version').notNullable().comment('Counts per incident');
    table.text('category').notNullable();
    table.text('sub_category');
    table.double('confidence').notNullable();
    table.double('transient').notNullable();
    table.text('body').notNullable().comment('JSON');
    table.string('body_hash', 24).notNullable().comment('Without id and time');
    table
      .boolean('is_partial')
      .notNullable()
      .comment('Something did not answer; it is filled in later');
    table.bigInteger('created_at').notNullable();
    table.unique(['incident_id', 'version'], {
      indexName: 'diagnoses_version',
    });
    table.index(['is_partial', 'created_at'], 'diagnoses_partial');
  });

  await knex.schema.createTable('incident_changes', table => {
    table.comment('What changed before an incident, as the sources said');
    table.string('incident_id', 24).primary();
    table.string('range_key', 24).notNullable().comment('What it was asked of');
    table.text('body').notNullable().comment('JSON');
    table.boolean('is_partial').notNullable();
    table.bigInteger('collected_at').notNullable();
  });

  await knex.schema.createTable('root_causes', table => {
    table.string('incident_id', 24).primary();
    table.text('verdict').notNullable();
    table.text('body').notNullable().comment('JSON');
    table.bigInteger('created_at').notNullable();
  });

  await knex.schema.createTable('incident_causes', table => {
    table.comment('By what incidents of one cause recognize each other');
    table.string('incident_id', 24).notNullable();
    table.string('cause_key', 255).notNullable();
    table.text('reason').notNullable().comment('For people');
    table.bigInteger('from_at').notNullable().comment('When it began');
    table.primary(['incident_id', 'cause_key']);
    table.index(['cause_key'], 'incident_causes_key');
  });

  await knex.schema.createTable('incident_members', table => {
    table.comment('Incidents of one cause; one without a row leads itself');
    table.string('incident_id', 24).primary();
    table.string('leader_id', 24).notNullable();
    table.text('reason').notNullable();
    table.bigInteger('since').notNullable();
    table.index(['leader_id'], 'incident_members_leader');
  });

  await knex.schema.createTable('feedback', table => {
    table.comment('What people said; taking it back leaves the row');
    table.string('id', 36).primary();
    table.string('incident_id', 24).notNullable();
    table.string('project_id', 24).notNullable();
    table.string('fingerprint', 255).notNullable();
    table
      .text('verdict')
      .notNullable()
      .comment('right, wrong, not_an_incident');
    table.text('category');
    table.text('sub_category');
    table.text('fixed_by');
    table.text('comment');
    table.text('via').notNullable();
    table.string('actor', 255).notNullable();
    table.bigInteger('at').notNullable();
    table.bigInteger('undone_at');
    table.text('undone_by');
    table.string('diagnosis_id', 24).comment('What it was said of');
    table.text('diagnosed_category');
    table.text('diagnosed_sub_category');
    table.text('diagnosed_by');
    table.index(['incident_id', 'at'], 'feedback_incident');
    table.index(['project_id', 'fingerprint', 'at'], 'feedback_fingerprint');
    table.index(['actor', 'at'], 'feedback_actor');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'feedback',
    'incident_members',
    'incident_causes',
    'root_causes',
    'incident_changes',
    'diagnoses',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('incidents', table => {
    table.dropIndex(['fingerprint', 'last_seen_at'], 'incidents_alike');
  });
  await knex.schema.alterTable('job_logs', table => {
    table.dropColumn('packages');
  });
};
