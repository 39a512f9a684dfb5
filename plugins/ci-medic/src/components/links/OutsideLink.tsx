import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { ReactNode } from 'react';
import { webAddress } from '../log';

/**
 * Leads to a page outside the portal, if the address is one of a web page; otherwise it is plain text.
 */
export function OutsideLink(props: {
  url: string | undefined;
  children: ReactNode;
}) {
  const url = webAddress(props.url);
  return url ? (
    <Link href={url} target="_blank" rel="noopener noreferrer">
      {props.children}{' '}
      <RiExternalLinkLine
        size={14}
        aria-hidden
        style={{ verticalAlign: 'text-bottom' }}
      />
    </Link>
  ) : (
    <>{props.children}</>
  );
}
