import { api } from '../../api/api.ts';

/** A model as `GET /v1/models` has it. */
export interface Model {
  readonly id: string;
  readonly display_name?: string | null;
}

let asked: Promise<readonly Model[]> | undefined;

/** The models, asked for once for all who want them; anew after a failure. @throws GatewayError */
export function allModels(): Promise<readonly Model[]> {
  asked ??= api.get<{ readonly data: readonly Model[] }>('/v1/models').then(({ data }) => data);
  asked.catch(() => {
    asked = undefined;
  });
  return asked;
}
