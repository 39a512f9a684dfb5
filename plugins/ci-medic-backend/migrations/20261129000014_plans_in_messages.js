// @ts-check

/**
 * A button that agrees to a plan agrees to the plan that the message showed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alert_actions', table => {
    table.string('plan_id', 36).comment('What it agrees to');
    table.string('plan_hash', 64).comment('What that said');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alert_actions', table => {
    table.dropColumn('plan_id');
    table.dropColumn('plan_hash');
  });
};
