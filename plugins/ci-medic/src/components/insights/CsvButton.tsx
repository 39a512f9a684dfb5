import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Saves figures as a file that spreadsheets read.
 */
export function CsvButton(props: {
  /** Name of the file without its ending. */
  name: string;
  /** What is saved is made when it is asked for. */
  content(): string;
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const save = () => {
    const blob = new Blob([props.content()], {
      type: 'text/csv;charset=utf-8',
    });
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = `${props.name}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button
      size="small"
      variant="tertiary"
      iconStart={<RiDownloadLine />}
      onPress={save}
    >
      {t('insights.download')}
    </Button>
  );
}
