// @ts-check

/**
 * A button that agrees to a plan agrees to the plan that the message showed. What helped is watched for a while.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alert_actions', table => {
    table.string('plan_id', 36).comment('What it agrees to');
    table.string('plan_hash', 64).comment('What that said');
  });
  await knex.schema.alterTable('remediations', table => {
    table.bigInteger('proven_at').comment('When it had succeeded at first');
    table.text('proven_reason');
  });
  await knex.schema.alterTable('jobs', table => {
    table.index(['runner_name', 'completed_at'], 'jobs_runner');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropIndex(['runner_name', 'completed_at'], 'jobs_runner');
  });
  await knex.schema.alterTable('remediations', table => {
    table.dropColumn('proven_at');
    table.dropColumn('proven_reason');
  });
  await knex.schema.alterTable('alert_actions', table => {
    table.dropColumn('plan_id');
    table.dropColumn('plan_hash');
  });
};
