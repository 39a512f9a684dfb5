import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// How long something may take says nothing here: machines are slow when they are busy.
jest.setTimeout(120_000);
configure({ asyncUtilTimeout: 30_000 });
