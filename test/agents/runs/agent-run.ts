import type { Agent } from '../clients/agent.ts';
import type { ModelStep } from '../model/scripted-model.ts';
import type { RelayedRequest } from '../relay/recording-relay.ts';
import type { ProgramRun } from './run-program.ts';
import type { Scenario } from './scenario.ts';

/** Everything that was seen of one run of an agent. */
export interface AgentRun {
  readonly agent: Agent;
  readonly scenario: Scenario;
  /** Where it ran: its home, and `work` with the file. */
  readonly folder: string;
  readonly program: ProgramRun;
  /** What the agent asked of the gateway. */
  readonly requests: readonly RelayedRequest[];
  /** What the model answered to the gateway. */
  readonly steps: readonly ModelStep[];
  /** What the gateway asked of the upstream. */
  readonly completions: readonly Completion[];
  /** Addresses beside the gateway that the agent tried. */
  readonly strayConnections: readonly string[];
  readonly fileBefore: string;
  readonly fileAfter: string;
  readonly fileWanted: string;
  /** Requests that the upstream would not have got from a browser. */
  readonly violations: readonly unknown[];
}

export interface Completion {
  readonly bodyBytes: number;
  readonly fault: string | undefined;
}
