// @ts-check

/**
 * What trends are made from, so that a year of history need not be read again each time. Times and JSON as in the
 * intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('insight_days', table => {
    table.comment('What happened in the pipelines of an entity on a day');
    table.text('entity_ref').notNullable();
    table.string('project_id', 24).notNullable();
    table.integer('day').notNullable().comment('Days since 1970, UTC');
    table.text('body').notNullable().comment('JSON of counts and sums');
    table.bigInteger('computed_at').notNullable();
    table.primary(['entity_ref', 'project_id', 'day']);
    table.index(['project_id', 'day'], 'insight_days_project');
  });

  await knex.schema.createTable('insight_red_periods', table => {
    table.comment('Times in which main or a deployment was red');
    table.string('id', 24).primary();
    table.string('project_id', 24).notNullable();
    table.text('kind').notNullable().comment('main or deployment');
    table.text('pipeline').notNullable();
    table.text('branch');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('ended_at');
    table.string('first_run_id', 24).notNullable();
    table.string('last_run_id', 24);
    table.string('job_id', 24).comment('The failed job that tells the cause');
    table.index(['project_id', 'started_at'], 'insight_red_periods_project');
    table.index(['first_run_id'], 'insight_red_periods_run');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('insight_red_periods');
  await knex.schema.dropTable('insight_days');
};
