import { runUntilSignal } from './run-until-signal.ts';

// npm run dev: each request in an execution environment of its own, as on AWS.
await runUntilSignal({ mode: 'dev', watch: true });
