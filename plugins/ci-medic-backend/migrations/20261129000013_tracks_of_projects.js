// @ts-check

/**
 * Finds jobs that failed after a time: of history, passes become known after the failures that followed them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('job_tracks', table => {
    table.index(['project_id', 'last_seen_at'], 'job_tracks_project');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('job_tracks', table => {
    table.dropIndex(['project_id', 'last_seen_at'], 'job_tracks_project');
  });
};
