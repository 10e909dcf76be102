import { batchOutput } from './batch-output.ts';
import { runUntilSignal } from './run-until-signal.ts';

// npm start: all functions in this process.

// On Lambda such an error would end one execution environment. Here it would end the answers of everybody.
process.on('unhandledRejection', (error) => console.error('A function left an error behind:', error));
process.on('uncaughtException', (error) => console.error('A function left an error behind:', error));

batchOutput(process.stdout);
await runUntilSignal({ mode: 'start' });
