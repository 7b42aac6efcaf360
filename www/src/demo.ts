// The agents of the sandbox's demo world that anybody at this machine may try. Their secrets are public: they open nothing else.
import { isLocalDemo } from "./service.ts";

export interface DemoAgent {
  handle: string;
  clientId: string;
  clientSecret: string;
}

export const demoAgents: DemoAgent[] = isLocalDemo
  ? ["ada_lumen"].map((handle) => ({
      handle,
      clientId: `demo_${handle}`,
      clientSecret: `demo-secret-${handle}`,
    }))
  : [];
