import { cloudControl } from "./cloudControl";
import { cloudFormation } from "./cloudFormation";
import { iam } from "./iam";
import { identityStore } from "./identityStore";
import { organizations } from "./organizations";
import type { Service } from "./service";
import { signInControlPlane } from "./signInControlPlane";
import { ssoAdmin } from "./ssoAdmin";
import { sts } from "./sts";

/** The services that local AWS has. */
export const services: readonly Service[] = [
  ssoAdmin,
  identityStore,
  organizations,
  sts,
  iam,
  cloudControl,
  cloudFormation,
  signInControlPlane,
];
