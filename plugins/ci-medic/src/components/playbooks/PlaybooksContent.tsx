import { Route, Routes } from 'react-router-dom';
import { PlaybookList } from './PlaybookList';
import { PlaybookPage } from './PlaybookPage';

/**
 * The Playbooks tab of an entity: its playbooks, and one of them.
 */
export function PlaybooksContent() {
  return (
    <Routes>
      <Route path="/" element={<PlaybookList />} />
      <Route path=":playbookId" element={<PlaybookPage />} />
    </Routes>
  );
}
