/**
 * English texts about the annotations of an entity; part of the plugin's translation ref, under `entity`.
 */
export const entityMessages = {
  missing: 'This entity does not say where it is built',
  missingReason:
    'Add the annotation {{annotation}} with owner/name of its GitHub repository to its definition.',
  malformed: 'The annotation {{annotation}} is malformed',
  malformedReason:
    'It says “{{value}}”, and must say owner/name of a GitHub repository, such as my-org/my-service.',
} as const;
