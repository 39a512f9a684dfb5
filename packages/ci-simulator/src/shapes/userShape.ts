import { nodeId, stableId } from '../world/stableId';
import { Links } from './Links';

/** An account, as GitHub's `simple-user`. */
export function userShape(
  links: Links,
  login: string,
  type: 'User' | 'Organization' = 'User',
) {
  const id = stableId(['user', login.toLowerCase()], 8);
  const api = links.api(`/users/${encodeURIComponent(login)}`);
  return {
    login,
    id,
    node_id: nodeId('U', id),
    avatar_url: links.web(`/_avatars/${encodeURIComponent(login)}`),
    gravatar_id: '',
    url: api,
    html_url: links.web(`/${encodeURIComponent(login)}`),
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : type,
    user_view_type: 'public',
    site_admin: false,
  };
}
