import { PolicyPack } from "@pulumi/policy";
import { disallowOptInRegions } from "./policies/disallowOptInRegions";

new PolicyPack("identity-aware-sessions", {
  displayName: "Identity-aware AWS console sessions",
  description: "Keeps a stack's AWS resources in the Regions that every account has from its first day.",
  provider: "aws",
  enforcementLevel: "mandatory",
  policies: [disallowOptInRegions],
});
