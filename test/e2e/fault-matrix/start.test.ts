import { describe } from 'vitest';
import { describeMatrix } from './describe-matrix.ts';

describe('the fault matrix, npm start', () => describeMatrix('start'));
