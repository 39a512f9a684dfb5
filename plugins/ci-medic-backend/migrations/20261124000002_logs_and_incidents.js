// @ts-check

/**
 * What the logs say and which incidents follow from it. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('job_logs', table => {
    table.comment('What is known of the log of a job; no row: not read yet');
    table.string('job_id', 24).primary();
    table
      .text('state')
      .notNullable()
      .comment('stored, expired, rejected or skipped');
    table.text('reason');
    table
      .string('generation', 64)
      .comment('Which reading of the log is the one that counts');
    table.bigInteger('lines');
    table.bigInteger('bytes');
    table.bigInteger('omitted_from').comment('First line that is not stored');
    table.bigInteger('omitted_to').comment('Last line that is not stored');
    table.text('dialect');
    table.text('redactions').comment('JSON: number of secrets by kind');
    table.integer('compared_with').notNullable().defaultTo(0);
    table.text('headline');
    table.text('fingerprint');
    table.text('ranges').comment('JSON: the lines that explain the failure');
    table.text('findings').comment('JSON: what recognized tools said');
    table.bigInteger('read_at').notNullable();
    table.index(['state', 'read_at'], 'job_logs_state');
  });

  await knex.schema.createTable('log_chunks', table => {
    table.comment('Clean, redacted lines, compressed');
    table.string('job_id', 24).notNullable();
    table
      .string('generation', 64)
      .notNullable()
      .comment('The work and its fence, so that two workers never mix');
    table.integer('first_line').notNullable();
    table.integer('last_line').notNullable();
    table.binary('body').notNullable().comment('gzip of a JSON array');
    table.bigInteger('stored_at').notNullable();
    table.primary(['job_id', 'generation', 'first_line']);
    table.index(['stored_at'], 'log_chunks_stored');
  });

  await knex.schema.createTable('log_sketches', table => {
    table.comment('What the logs of passing jobs have in common');
    table.string('job_id', 24).primary();
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').notNullable();
    table.text('job_name').notNullable();
    table.bigInteger('completed_at').notNullable();
    table.binary('body').notNullable().comment('gzip of JSON');
    table.index(
      ['project_id', 'pipeline_id', 'job_name', 'completed_at'],
      'log_sketches_name',
    );
  });

  await knex.schema.createTable('job_tracks', table => {
    table.comment('A job of a pipeline on a branch, over all of its runs');
    table.string('id', 24).primary();
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').notNullable();
    table.text('pipeline_name').notNullable();
    table.text('job_name').notNullable();
    table.text('branch');
    table.bigInteger('last_seen_at').notNullable();
    table.index(['last_seen_at'], 'job_tracks_seen');
  });

  await knex.schema.createTable('incidents', table => {
    table.comment('One cause of failures, by its fingerprint in a repository');
    table.string('id', 24).primary();
    table.string('project_id', 24).notNullable();
    table.string('fingerprint', 255).notNullable();
    table.text('state').notNullable().comment('open or resolved');
    table.integer('version').notNullable();
    table.integer('occurrences').notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    table.bigInteger('resolved_at');
    table.integer('reopened').notNullable().defaultTo(0);
    table.unique(['project_id', 'fingerprint'], {
      indexName: 'incidents_fingerprint',
    });
    table.index(['state', 'last_seen_at'], 'incidents_state');
  });

  await knex.schema.createTable('incident_tracks', table => {
    table.comment('Which jobs on which branches an incident struck');
    table.string('incident_id', 24).notNullable();
    table.string('track_id', 24).notNullable();
    table.primary(['incident_id', 'track_id']);
    table.index(['track_id'], 'incident_tracks_track');
  });

  await knex.schema.createTable('incident_occurrences', table => {
    table.comment('Failed jobs and the incident that each belongs to');
    table.string('job_id', 24).primary();
    table.string('incident_id', 24).notNullable();
    table.string('project_id', 24).notNullable();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.string('track_id', 24).notNullable();
    table.string('run_order', 33).notNullable();
    table.bigInteger('at').notNullable();
    table.text('title').notNullable();
    table.text('title_search').notNullable().comment('The title in lower case');
    table.index(['incident_id', 'at'], 'incident_occurrences_incident');
    table.index(['project_id', 'at'], 'incident_occurrences_project');
    table.index(['run_id'], 'incident_occurrences_run');
  });

  await knex.schema.createTable('incident_timeline', table => {
    table.comment('State changes of an incident');
    table.string('id', 24).primary();
    table.string('incident_id', 24).notNullable();
    table.integer('position').notNullable();
    table.bigInteger('at').notNullable();
    table
      .text('kind')
      .notNullable()
      .comment('opened, resolved, reopened or closed_stale');
    table.text('message').notNullable();
    table.text('actor');
    table.string('run_id', 24);
    table.integer('attempt');
    table.string('job_id', 24);
    table.index(['incident_id', 'at'], 'incident_timeline_incident');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'incident_timeline',
    'incident_occurrences',
    'incident_tracks',
    'incidents',
    'job_tracks',
    'log_sketches',
    'log_chunks',
    'job_logs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
