/** Names of dots alone would lead to other paths of the API. */
const SLUG = /^(?!\.+\/)[A-Za-z0-9_.-]{1,100}\/(?!\.+$)[A-Za-z0-9_.-]{1,100}$/;

/** Whether a text is `owner/name`. */
export function isRepositorySlug(text: string): boolean {
  return SLUG.test(text);
}
