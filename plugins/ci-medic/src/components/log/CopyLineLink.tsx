import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { RiLink } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { useHref, useLocation } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { lineHash } from './lineHash';

/**
 * Copies the address of a line, or shows it where the browser does not let us copy (pages without TLS).
 */
export function CopyLineLink(props: { line: number }) {
  const { line } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { search } = useLocation();
  const href = useHref({ search, hash: lineHash(line) });
  const [outcome, setOutcome] = useState('');
  useEffect(() => setOutcome(''), [line]);

  const copy = async () => {
    const address = new URL(href, window.location.href).toString();
    try {
      await navigator.clipboard.writeText(address);
      setOutcome(t('log.copied'));
    } catch {
      setOutcome(address);
    }
  };

  return (
    <Flex gap="2" align="center">
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiLink />}
        onPress={copy}
      >
        {t('log.copyLink', { line: String(line) })}
      </Button>
      <Text variant="body-small" role="status">
        {outcome}
      </Text>
    </Flex>
  );
}
